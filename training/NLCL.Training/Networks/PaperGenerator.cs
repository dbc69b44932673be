using NLCL.OnnxExport;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace NLCL.Training;

/// <summary>
/// The authors' generator for one layer: a first convolution, 16 residual blocks, a tail and a last convolution, all at
/// full resolution with 32 channels, instance normalisation and neither a skip from the input nor an activation at the end.
/// </summary>
/// <remarks>
/// Source: Ye et al., CVPR 2022 (arXiv 2203.11509); structure and key names as found in the released checkpoints, which
/// therefore load. Inside, pictures are in -1..1 as published; outside in 0..1. The released test command feeds 0..1 into
/// the network itself, which costs tens of dB: the published results came from -1..1.
/// </remarks>
public sealed class PaperGenerator : nn.Module<Tensor, Tensor>, INetworkDescription, IFeatureEncoder
{
    readonly PaperGeneratorOptions options;
    readonly NumberedModules gen;

    public PaperGenerator(PaperGeneratorOptions? options = null) : base(nameof(PaperGenerator))
    {
        this.options = options ?? new PaperGeneratorOptions();
        this.options.Validate();
        gen = new NumberedModules(Parts(this.options.Width, this.options.Blocks));
        RegisterComponents();
    }

    /// <inheritdoc/>
    public IReadOnlyList<int> TapChannels => [.. options.Taps.Select(_ => options.Width)];

    /// <summary>Reach of the convolutions alone; instance normalisation sees the whole picture.</summary>
    public int ReceptiveField => (2 * options.Blocks) + 4;

    /// <summary>Multiply-adds per pixel: 315,072 for the published network.</summary>
    public double MultiplyAddsPerPixel =>
        9.0 * options.Width * ((2 * 3) + (((2 * options.Blocks) + 2) * options.Width));

    /// <param name="input"><c>[N, 3, H, W]</c>, RGB, 0..1, any size.</param>
    /// <returns>The layer, <c>[N, 3, H, W]</c> in the same units, not clamped.</returns>
    public override Tensor forward(Tensor input) => Run(TorchOperations.Instance, input);

    /// <inheritdoc/>
    public IReadOnlyList<T> Describe<T>(IOperations<T> ops, IReadOnlyList<T> inputs) => [Run(ops, inputs[0])];

    /// <inheritdoc/>
    public IReadOnlyList<Tensor> Features(Tensor picture)
    {
        List<Tensor> features = [];
        RunTo(options.Taps[^1], TorchOperations.Instance, picture, features);
        return features;
    }

    /// <summary>The layer and, from the same pass, the taps: <c>[N, 32, H, W]</c> each.</summary>
    public (Tensor Output, IReadOnlyList<Tensor> Features) ForwardWithFeatures(Tensor input)
    {
        List<Tensor> features = [];
        return (Run(TorchOperations.Instance, input, features), features);
    }

    static IEnumerable<(int Number, nn.Module Module)> Parts(int width, int blocks)
    {
        yield return (0, ConvolutionDescription.Convolution3x3(3, width));
        for (var number = 1; number <= blocks; number++)
        {
            yield return (number, new PaperBlock(width));
        }

        yield return (blocks + 1, new PaperTail(width));
        yield return (blocks + 2, ConvolutionDescription.Convolution3x3(width, 3));
    }

    T Run<T>(IOperations<T> ops, T picture, List<T>? features = null)
    {
        var x = RunTo(options.Blocks + 2, ops, picture, features); // [N, 3, H, W]
        return ops.Scale(options.Layer == PictureLayer.Rain ? x : ops.AddConstant(x, 1), 0.5);
    }

    T RunTo<T>(int lastNumber, IOperations<T> ops, T picture, List<T>? features)
    {
        var x = ops.AddConstant(ops.Scale(picture, 2), -1); // [N, 3, H, W]
        for (var number = 0; number <= lastNumber; number++)
        {
            x = gen[number] switch // [N, 32, H, W]
            {
                PaperBlock block => block.Describe(ops, x),
                PaperTail tail => tail.Describe(ops, x),
                var convolution => ((Conv2d)convolution).Describe(ops, x),
            };
            if (options.Taps.Contains(number))
            {
                features?.Add(x);
            }
        }

        return x;
    }
}
