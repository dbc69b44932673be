using static TorchSharp.torch;

namespace NLCL.OnnxExport;

/// <summary>How the bytes of a picture lie.</summary>
public enum BytePictureLayout
{
    /// <summary>As the network takes it: <c>[n, c, h, w]</c>.</summary>
    Planar,

    /// <summary>As frames lie in memory, in OpenCV's order of colours: <c>[n, h, w, 3]</c>, BGR, around a network that takes RGB.</summary>
    PackedBgr,
}

/// <summary>
/// A network that takes and gives bytes 0..255 where the one inside takes and gives 0..1: a quarter of the data to move, for
/// whoever feeds pictures as they are. Export it with <see cref="ExportOptions.InputType"/> <c>Byte</c>.
/// </summary>
/// <param name="inner">A network with one input.</param>
/// <param name="layout">Of inputs and outputs alike.</param>
public sealed class BytePictures(INetworkDescription inner, BytePictureLayout layout = BytePictureLayout.Planar) : INetworkDescription
{
    /// <inheritdoc/>
    public IReadOnlyList<T> Describe<T>(IOperations<T> ops, IReadOnlyList<T> inputs)
    {
        var pictures = inputs.Select(bytes => ToPlanes(ops, ops.Scale(ops.Cast(bytes, ScalarType.Float32), 1.0 / 255))).ToList();
        return [.. inner.Describe(ops, pictures).Select(picture => ToBytes(ops, ToLayout(ops, picture)))];
    }

    T ToPlanes<T>(IOperations<T> ops, T picture) => layout == BytePictureLayout.Planar
        ? picture
        : Reverse(ops, ops.Transpose(picture, [0, 3, 1, 2]));

    T ToLayout<T>(IOperations<T> ops, T picture) => layout == BytePictureLayout.Planar
        ? picture
        : ops.Transpose(Reverse(ops, picture), [0, 2, 3, 1]);

    static T Reverse<T>(IOperations<T> ops, T picture) => ops.Gather(picture, [2, 1, 0]);

    static T ToBytes<T>(IOperations<T> ops, T picture) =>
        ops.Cast(ops.Round(ops.Scale(ops.Clip(picture, 0, 1), 255)), ScalarType.Byte);
}
