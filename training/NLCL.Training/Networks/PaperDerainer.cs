using NLCL.OnnxExport;
using static TorchSharp.torch;

namespace NLCL.Training;

/// <summary>
/// The method as published: two <see cref="PaperGenerator"/>s without shared weights, one per layer, tied only by the
/// consistency loss. The description and the taps are those of the background's.
/// </summary>
public sealed class PaperDerainer : nn.Module<Tensor, Tensor>, IDerainer
{
    readonly PaperGenerator background;
    readonly PaperGenerator rain;

    /// <param name="options">Shape of both generators; its layer is ignored.</param>
    public PaperDerainer(PaperGeneratorOptions? options = null) : base(nameof(PaperDerainer))
    {
        options ??= new PaperGeneratorOptions();
        background = new PaperGenerator(options with { Layer = PictureLayer.Background });
        rain = new PaperGenerator(options with { Layer = PictureLayer.Rain });
        RegisterComponents();
    }

    /// <summary>Gives the background; the released <c>netBack</c> weights load into it.</summary>
    public PaperGenerator Background => background;

    /// <summary>Gives the rain layer; the released <c>netRain</c> weights load into it.</summary>
    public PaperGenerator Rain => rain;

    /// <inheritdoc/>
    public int SizeMultiple => 1;

    /// <summary>Reach of the convolutions alone; see <see cref="UsesPictureStatistics"/>.</summary>
    public int ReceptiveField => background.ReceptiveField;

    /// <inheritdoc/>
    public bool UsesPictureStatistics => true;

    /// <summary>Of the background's generator: the rain's is not needed once trained.</summary>
    public double MultiplyAddsPerPixel => background.MultiplyAddsPerPixel;

    /// <inheritdoc/>
    public IReadOnlyList<int> TapChannels => background.TapChannels;

    /// <inheritdoc/>
    public override Tensor forward(Tensor input) => background.forward(input);

    /// <inheritdoc/>
    public IReadOnlyList<T> Describe<T>(IOperations<T> ops, IReadOnlyList<T> inputs) => background.Describe(ops, inputs);

    /// <inheritdoc/>
    public IReadOnlyList<Tensor> Features(Tensor picture) => background.Features(picture);

    /// <inheritdoc/>
    public (Tensor Output, IReadOnlyList<Tensor> Features) ForwardWithFeatures(Tensor rainy) =>
        background.ForwardWithFeatures(rainy);

    /// <inheritdoc/>
    public (Tensor Background, Tensor Rain) Decompose(Tensor rainy) => (background.forward(rainy), rain.forward(rainy));
}
