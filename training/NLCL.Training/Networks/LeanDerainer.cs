using NLCL.OnnxExport;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace NLCL.Training;

/// <summary>
/// The derainer that ships: predicts one signed achromatic rain channel and subtracts it, <c>background = rainy - rain</c>.
/// An encoder and decoder over two or three resolutions, which start at half the picture's; no statistics of the picture, so tiles
/// with enough overlap equal the whole exactly.
/// </summary>
/// <remarks>
/// Our own design. Rain is signed because streaks also darken what is brighter than they are. Skips are sums, taken before
/// each halving. Field names are checkpoint keys and names in the exported file.
/// </remarks>
public sealed class LeanDerainer : nn.Module<Tensor, Tensor>, IDerainer
{
    readonly LeanDerainerOptions options;
    readonly Conv2d head;
    readonly ModuleList<ResidualBlock> fineEncoderBlocks;
    readonly Conv2d downToMiddle;
    readonly ModuleList<ResidualBlock> encoderBlocks;
    readonly Conv2d? downToCoarse;
    readonly ModuleList<ResidualBlock> coarseBlocks;
    readonly Conv2d? upToMiddle;
    readonly ModuleList<ResidualBlock> decoderBlocks;
    readonly Conv2d upToFine;
    readonly Conv2d? fine;
    readonly ModuleList<ResidualBlock> fineDecoderBlocks;
    readonly Conv2d rain;

    public LeanDerainer(LeanDerainerOptions? options = null) : base(nameof(LeanDerainer))
    {
        this.options = options ??= new LeanDerainerOptions();
        options.Validate();
        var pixels = options.Block * options.Block;
        head = ConvolutionDescription.Convolution3x3(3 * pixels, options.FineWidth);
        fineEncoderBlocks = Blocks(options.FineEncoderBlocks, options.FineWidth);
        downToMiddle = ConvolutionDescription.Convolution3x3(options.FineWidth, options.MiddleWidth);
        encoderBlocks = Blocks(options.EncoderBlocks, options.MiddleWidth);
        if (options.CoarseBlocks > 0)
        {
            downToCoarse = ConvolutionDescription.Convolution3x3(options.MiddleWidth, options.CoarseWidth);
            upToMiddle = ConvolutionDescription.Convolution1x1(options.CoarseWidth, 4 * options.MiddleWidth);
        }

        coarseBlocks = Blocks(options.CoarseBlocks, options.CoarseWidth);
        decoderBlocks = Blocks(options.DecoderBlocks, options.MiddleWidth);
        upToFine = ConvolutionDescription.Convolution1x1(options.MiddleWidth, 4 * options.FineWidth);
        fineDecoderBlocks = Blocks(options.FineDecoderBlocks, options.FineWidth);
        if (options.FineDecoderBlocks == 0)
        {
            fine = ConvolutionDescription.Convolution3x3(options.FineWidth, options.FineWidth);
        }

        rain = ConvolutionDescription.Convolution3x3(options.FineWidth, pixels * options.RainChannels);
        using (no_grad())
        {
            rain.weight!.mul_(options.InitialRainScale);
            rain.bias!.zero_();
        }

        RegisterComponents();
    }

    /// <inheritdoc/>
    public int SizeMultiple => options.Block * (downToCoarse is null ? 2 : 4);

    /// <inheritdoc/>
    public int ReceptiveField => new LeanDerainerGeometry(options).ReceptiveField;

    /// <inheritdoc/>
    public double MultiplyAddsPerPixel => new LeanDerainerGeometry(options).MultiplyAddsPerPixel;

    /// <inheritdoc/>
    public bool UsesPictureStatistics => false;

    /// <summary>The last convolution: of its 256 levels a picture with little rain would use few. 0.5 dB for 2 % of the time.</summary>
    public IReadOnlyCollection<string> KeepFloat => ["rain"];

    /// <inheritdoc/>
    public IReadOnlyList<int> TapChannels => downToCoarse is null
        ? [options.FineWidth, options.MiddleWidth]
        : [options.FineWidth, options.MiddleWidth, options.CoarseWidth, options.CoarseWidth];

    /// <param name="input"><c>[N, 3, H, W]</c>, RGB, 0..1, sides multiples of <see cref="SizeMultiple"/>.</param>
    /// <returns>The background, <c>[N, 3, H, W]</c>, not clamped.</returns>
    public override Tensor forward(Tensor input) => Decompose(input).Background;

    /// <inheritdoc/>
    public IReadOnlyList<T> Describe<T>(IOperations<T> ops, IReadOnlyList<T> inputs) =>
        [ops.Subtract(inputs[0], Rain(ops, Encode(ops, inputs[0])))];

    /// <inheritdoc/>
    public IReadOnlyList<Tensor> Features(Tensor picture) => Encode(TorchOperations.Instance, picture).Taps;

    /// <inheritdoc/>
    public (Tensor Background, Tensor Rain) Decompose(Tensor rainy)
    {
        var rainLayer = Rain(TorchOperations.Instance, Encode(TorchOperations.Instance, rainy));
        return (rainy - rainLayer, rainLayer);
    }

    /// <inheritdoc/>
    public (Tensor Output, IReadOnlyList<Tensor> Features) ForwardWithFeatures(Tensor rainy)
    {
        var encoded = Encode(TorchOperations.Instance, rainy);
        return (rainy - Rain(TorchOperations.Instance, encoded), encoded.Taps);
    }

    // Shapes for the defaults.
    Encoded<T> Encode<T>(IOperations<T> ops, T rainy)
    {
        var fineMap = ops.Relu(head.Describe(ops, ops.SpaceToDepth(rainy, options.Block)));    // [N, 32, H/2, W/2]
        fineMap = Apply(ops, fineEncoderBlocks, fineMap);
        var middle = ops.Relu(downToMiddle.Describe(ops, fineMap, stride: 2));                  // [N, 32, H/4, W/4]
        middle = Apply(ops, encoderBlocks, middle);
        if (downToCoarse is null)
        {
            return new Encoded<T>(fineMap, middle, middle, [fineMap, middle]);
        }

        var entry = ops.Relu(downToCoarse.Describe(ops, middle, stride: 2));                    // [N, 64, H/8, W/8]
        var coarse = Apply(ops, coarseBlocks, entry);
        return new Encoded<T>(fineMap, middle, coarse, [fineMap, middle, entry, coarse]);
    }

    T Rain<T>(IOperations<T> ops, Encoded<T> encoded)
    {
        var middle = upToMiddle is null                                                         // [N, 32, H/4, W/4]
            ? encoded.Middle
            : ops.Add(encoded.Middle, Up(ops, upToMiddle, encoded.Coarse, 2));
        middle = Apply(ops, decoderBlocks, middle);
        var fineMap = ops.Add(encoded.Fine, Up(ops, upToFine, middle, 2));                      // [N, 32, H/2, W/2]
        fineMap = fine is null ? Apply(ops, fineDecoderBlocks, fineMap) : ops.Relu(fine.Describe(ops, fineMap));
        return ops.DepthToSpace(rain.Describe(ops, fineMap), options.Block);                    // [N, 1, H, W]
    }

    static T Up<T>(IOperations<T> ops, Conv2d convolution, T x, int factor) =>
        ops.DepthToSpace(convolution.Describe(ops, x, padding: 0), factor);

    static T Apply<T>(IOperations<T> ops, ModuleList<ResidualBlock> blocks, T x) =>
        blocks.Aggregate(x, (map, block) => block.Describe(ops, map));

    static ModuleList<ResidualBlock> Blocks(int count, int width) =>
        nn.ModuleList([.. Enumerable.Range(0, count).Select(_ => new ResidualBlock(width))]);

    sealed record Encoded<T>(T Fine, T Middle, T Coarse, IReadOnlyList<T> Taps);
}
