using NLCL.OnnxExport;
using static TorchSharp.torch;

namespace NLCL.Training;

/// <summary>
/// What training and export need of a network that splits pictures. Its description has one input, the rainy picture
/// <c>[N, 3 * Frames, H, W]</c>, and one output, the background <c>[N, 3, H, W]</c>; RGB, 0..1, the output not clamped.
/// </summary>
public interface IDerainer : INetworkDescription, IFeatureEncoder
{
    /// <summary>Heights and widths must be multiples of this; networks pad nothing themselves.</summary>
    int SizeMultiple { get; }

    /// <summary>1; or 3, where it sees the frames before and behind the one that it derains, in the order of the clip.</summary>
    int Frames => 1;

    /// <summary>How far from an output pixel an input pixel can matter, in pixels: the overlap that tiles need.</summary>
    int ReceptiveField { get; }

    /// <summary>Whether statistics of the whole picture enter, so that tiles differ from the whole whatever their overlap.</summary>
    bool UsesPictureStatistics { get; }

    /// <summary>Multiply-adds of the exported path per input pixel.</summary>
    double MultiplyAddsPerPixel { get; }

    /// <summary>Splits rainy pictures.</summary>
    /// <param name="rainy"><c>[N, 3 * Frames, H, W]</c>, or <c>[N, 3, H, W]</c> of pictures that belong to no clip; RGB, 0..1.</param>
    /// <returns>
    /// The background <c>[N, 3, H, W]</c> and the signed rain layer <c>[N, 1 or 3, H, W]</c>, in units of the picture;
    /// only a network that subtracts makes them add up to <paramref name="rainy"/> exactly.
    /// </returns>
    (Tensor Background, Tensor Rain) Decompose(Tensor rainy);

    /// <summary>The background and, from the same pass, the maps of <see cref="IFeatureEncoder.Features"/>.</summary>
    (Tensor Output, IReadOnlyList<Tensor> Features) ForwardWithFeatures(Tensor rainy);
}
