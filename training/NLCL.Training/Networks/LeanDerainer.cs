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
/// Our own design. With <see cref="LeanDerainerOptions.Frames"/> = 3 it is told of the neighbouring frames through maps of brightness: both of them,
/// and how far the frame lies outside of what they span, which is rain wherever nothing else moves. At the end it says for each pixel how much of
/// that to take, and how much of what lies above the darker of the two; two convolutions of its own look at nothing but the frames for that. Rain is signed because streaks also darken what is brighter than they are. Skips are sums, taken before
/// each halving. Field names are checkpoint keys and names in the exported file.
/// </remarks>
public sealed class LeanDerainer : nn.Module<Tensor, Tensor>, IDerainer
{
    readonly LeanDerainerOptions options;
    readonly Conv2d head;
    readonly Conv2d? neighbours;
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
    readonly Conv2d? neighbourFirst;
    readonly Conv2d? neighbourSecond;
    readonly Conv2d? neighbourTrust;

    /// <summary>First part of the names of what a network that sees one frame does not have.</summary>
    const string NeighbourWeights = "neighbour";

    const string UpsamplingWeights = "upTo";

    /// <summary>A network may begin with one that sees fewer frames, and one that interpolates with one that shuffles: the mean of what that puts at the four places.</summary>
    internal static WeightTolerance StartingWeights { get; } = new(MayLack: NeighbourWeights, MayAverage: UpsamplingWeights);

    /// <summary>Maps of a frame's neighbours that the network is told of.</summary>
    internal const int NeighbourMaps = 3;

    /// <summary>Maps of what the neighbours alone say is rain.</summary>
    internal const int NeighbourRains = 2;

    /// <summary>Channels of the part that looks at nothing but the frames.</summary>
    internal const int NeighbourWidth = 16;

    public LeanDerainer(LeanDerainerOptions? options = null) : base(nameof(LeanDerainer))
    {
        this.options = options ??= new LeanDerainerOptions();
        options.Validate();
        var pixels = options.Block * options.Block;
        head = ConvolutionDescription.Convolution3x3((options.Luma ? 1 : 3) * pixels, options.FineWidth);
        if (options.Frames > 1)
        {
            neighbours = ConvolutionDescription.Convolution3x3(NeighbourMaps * pixels, options.FineWidth);
            neighbourFirst = ConvolutionDescription.Convolution3x3((NeighbourMaps + 1) * pixels, NeighbourWidth);
            neighbourSecond = ConvolutionDescription.Convolution3x3(NeighbourWidth, NeighbourWidth);
            neighbourTrust = ConvolutionDescription.Convolution1x1(options.FineWidth + NeighbourWidth, NeighbourRains * pixels);
            // It begins as the network of one frame that it may start from.
            using IDisposable still = no_grad();
            foreach (var weights in neighbours.parameters().Concat(neighbourTrust.parameters()))
            {
                weights.zero_();
            }
        }

        fineEncoderBlocks = Blocks(options.FineEncoderBlocks, options.FineWidth, options.BlockForm);
        downToMiddle = ConvolutionDescription.Convolution3x3(options.FineWidth, options.MiddleWidth);
        encoderBlocks = Blocks(options.EncoderBlocks, options.MiddleWidth, options.BlockForm);
        if (options.CoarseBlocks > 0)
        {
            downToCoarse = ConvolutionDescription.Convolution3x3(options.MiddleWidth, options.CoarseWidth);
            upToMiddle = ConvolutionDescription.Convolution1x1(options.CoarseWidth, options.UpsampledPlaces * options.MiddleWidth);
        }

        coarseBlocks = Blocks(options.CoarseBlocks, options.CoarseWidth, options.BlockForm, options.DilationOf);
        decoderBlocks = Blocks(options.DecoderBlocks, options.MiddleWidth, options.BlockForm);
        upToFine = ConvolutionDescription.Convolution1x1(options.MiddleWidth, options.UpsampledPlaces * options.FineWidth);
        fineDecoderBlocks = Blocks(options.FineDecoderBlocks, options.FineWidth, options.BlockForm);
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
    public int Frames => options.Frames;

    /// <inheritdoc/>
    public int ReceptiveField => new LeanDerainerGeometry(options).ReceptiveField;

    /// <inheritdoc/>
    public double MultiplyAddsPerPixel => new LeanDerainerGeometry(options).MultiplyAddsPerPixel;

    /// <inheritdoc/>
    public bool UsesPictureStatistics => false;

    /// <inheritdoc/>
    public IReadOnlyList<int> TapChannels => downToCoarse is null
        ? [options.FineWidth, options.MiddleWidth]
        : [options.FineWidth, options.MiddleWidth, options.CoarseWidth, options.CoarseWidth];

    /// <param name="input">As <see cref="Decompose"/> takes it; sides multiples of <see cref="SizeMultiple"/>.</param>
    /// <returns>The background, <c>[N, 3, H, W]</c>, not clamped.</returns>
    public override Tensor forward(Tensor input) => Decompose(input).Background;

    /// <inheritdoc/>
    public IReadOnlyList<T> Describe<T>(IOperations<T> ops, IReadOnlyList<T> inputs)
    {
        var seen = See(ops, inputs[0]);
        return [ops.Subtract(seen.Frame, Rain(ops, seen, Encode(ops, seen)))];
    }

    /// <inheritdoc/>
    public IReadOnlyList<Tensor> Features(Tensor picture) => Encode(TorchOperations.Instance, See(TorchOperations.Instance, Window(picture))).Taps;

    /// <inheritdoc/>
    public (Tensor Background, Tensor Rain) Decompose(Tensor rainy)
    {
        var seen = See(TorchOperations.Instance, Window(rainy));
        var rainLayer = Rain(TorchOperations.Instance, seen, Encode(TorchOperations.Instance, seen));
        return (seen.Frame - rainLayer, rainLayer);
    }

    /// <inheritdoc/>
    public (Tensor Output, IReadOnlyList<Tensor> Features) ForwardWithFeatures(Tensor rainy)
    {
        var seen = See(TorchOperations.Instance, Window(rainy));
        var encoded = Encode(TorchOperations.Instance, seen);
        return (seen.Frame - Rain(TorchOperations.Instance, seen, encoded), encoded.Taps);
    }

    // A picture without a clip is its own neighbour.
    Tensor Window(Tensor rainy) => rainy.shape[1] == 3 * options.Frames ? rainy : rainy.repeat(1, options.Frames, 1, 1);

    Seen<T> See<T>(IOperations<T> ops, T window)
    {
        if (neighbours is null)
        {
            return new Seen<T>(window, default, default, default);
        }

        var frames = ops.Split(window, [3, 3, 3]);
        T before = ops.Mean(frames[0], [1]), now = ops.Mean(frames[1], [1]), after = ops.Mean(frames[2], [1]);
        var darker = ops.Minimum(before, after);
        var outside = ops.Subtract(ops.Relu(ops.Subtract(now, ops.Maximum(before, after))), ops.Relu(ops.Subtract(darker, now)));
        return new Seen<T>(
            frames[1], ops.Concat([before, after, outside]), now, ops.Concat([outside, ops.Relu(ops.Subtract(now, darker))]));
    }

    // Shapes for the defaults.
    Encoded<T> Encode<T>(IOperations<T> ops, Seen<T> seen)
    {
        var first = head.Describe(ops, ops.SpaceToDepth(options.Luma ? ops.Mean(seen.Frame, [1]) : seen.Frame, options.Block));
        var fineMap = ops.Relu(neighbours is null                                               // [N, 32, H/2, W/2]
            ? first
            : ops.Add(first, neighbours.Describe(ops, ops.SpaceToDepth(seen.Neighbours!, options.Block))));
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

    T Rain<T>(IOperations<T> ops, Seen<T> seen, Encoded<T> encoded)
    {
        var middle = upToMiddle is null                                                         // [N, 32, H/4, W/4]
            ? encoded.Middle
            : ops.Add(encoded.Middle, Up(ops, upToMiddle, encoded.Coarse));
        middle = Apply(ops, decoderBlocks, middle);
        var fineMap = ops.Add(encoded.Fine, Up(ops, upToFine, middle));                      // [N, 32, H/2, W/2]
        fineMap = fine is null ? Apply(ops, fineDecoderBlocks, fineMap) : ops.Relu(fine.Describe(ops, fineMap));
        var layer = ops.DepthToSpace(rain.Describe(ops, fineMap), options.Block);               // [N, 1, H, W]
        if (neighbourTrust is null)
        {
            return layer;
        }

        var frames = ops.SpaceToDepth(ops.Concat([seen.Neighbours!, seen.Brightness!]), options.Block);
        frames = ops.Relu(neighbourSecond!.Describe(ops, ops.Relu(neighbourFirst!.Describe(ops, frames)))); // [N, 16, H/2, W/2]
        var trust = ops.DepthToSpace(neighbourTrust.Describe(ops, ops.Concat([fineMap, frames]), padding: 0), options.Block);
        return ops.Add(layer, ops.Sum(ops.Multiply(trust, seen.Rains!), [1]));                  // [N, 2, H, W] to [N, 1, H, W]
    }

    T Up<T>(IOperations<T> ops, Conv2d convolution, T x)
    {
        var map = convolution.Describe(ops, x, padding: 0);
        return options.Upsampling == Upsampling.Shuffle ? ops.DepthToSpace(map, 2) : ops.ResizeBilinear(map, 2);
    }

    static T Apply<T>(IOperations<T> ops, ModuleList<ResidualBlock> blocks, T x) =>
        blocks.Aggregate(x, (map, block) => block.Describe(ops, map));

    static ModuleList<ResidualBlock> Blocks(int count, int width, BlockForm form, Func<int, int>? dilationOf = null) =>
        nn.ModuleList([.. Enumerable.Range(0, count).Select(index => new ResidualBlock(width, form, dilationOf?.Invoke(index) ?? 1))]);

    // What the network is shown: the frame; maps of its neighbours and its brightness; what the neighbours alone say is rain.
    sealed record Seen<T>(T Frame, T? Neighbours, T? Brightness, T? Rains);

    sealed record Encoded<T>(T Fine, T Middle, T Coarse, IReadOnlyList<T> Taps);
}
