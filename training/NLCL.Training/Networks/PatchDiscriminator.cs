using NLCL.OnnxExport;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace NLCL.Training;

/// <summary>
/// Tells clean pictures from derained ones, patch by patch: each value of the output judges one neighbourhood of about 70
/// pixels. Its maps are also the encoder of the layer contrast.
/// </summary>
/// <remarks>
/// The PatchGAN of contrastive unpaired translation (Park et al., ECCV 2020): 4x4 convolutions with padding 1, instance
/// normalisation without weights, slope 0.2, halving by a [1 2 1] blur (Zhang, ICML 2019). Key numbers as in the released
/// checkpoints, which therefore load, but for the blur that those also store. Pictures are in -1..1 inside.
/// </remarks>
public sealed class PatchDiscriminator : nn.Module<Tensor, Tensor>, IFeatureEncoder
{
    static readonly int[] s_convolutionNumbers = [0, 3, 7, 11, 14];

    readonly PatchDiscriminatorOptions options;
    readonly NumberedModules model;

    public PatchDiscriminator(PatchDiscriminatorOptions? options = null) : base(nameof(PatchDiscriminator))
    {
        this.options = options ?? new PatchDiscriminatorOptions();
        this.options.Validate();
        var width = this.options.Width;
        int[] channels = [3, width, 2 * width, 4 * width, 8 * width, 1];
        model = new NumberedModules(s_convolutionNumbers.Select((number, index) => (number, (nn.Module)
            nn.Conv2d(channels[index], channels[index + 1], kernel_size: 4, padding: 1))));
        foreach (var number in s_convolutionNumbers)
        {
            Initialization.XavierNormal(Convolution(number).weight!, Convolution(number).bias, this.options.InitialGain);
        }

        RegisterComponents();
    }

    /// <summary>Smallest side of a picture that leaves at least one judgement.</summary>
    public const int MinimumSide = 24;

    /// <inheritdoc/>
    public IReadOnlyList<int> TapChannels => options.PictureAsFirstTap
        ? [3, options.Width, 2 * options.Width, 4 * options.Width]
        : [options.Width, 2 * options.Width, 4 * options.Width, 8 * options.Width];

    /// <param name="input"><c>[N, 3, H, W]</c>, RGB, 0..1, sides of at least <see cref="MinimumSide"/>.</param>
    /// <returns>One value per patch, about 1 for clean and 0 for derained: <c>[N, 1, h, w]</c>, 30 by 30 for 256 by 256.</returns>
    public override Tensor forward(Tensor input) => Run(input, null, features: null);

    /// <inheritdoc/>
    public IReadOnlyList<Tensor> Features(Tensor picture)
    {
        List<Tensor> features = [];
        Run(picture, options.PictureAsFirstTap ? 7 : 11, features);
        return features;
    }

    // Sizes for a picture of 256 by 256. Returns the map of the convolution that it stops at.
    Tensor Run(Tensor picture, int? lastNumber, List<Tensor>? features)
    {
        var ops = TorchOperations.Instance;
        var x = ops.AddConstant(ops.Scale(picture, 2), -1);
        if (options.PictureAsFirstTap)
        {
            features?.Add(x);
        }

        foreach (var number in s_convolutionNumbers) // 255, 127, 63, 31, 30
        {
            x = Convolution(number).Describe(ops, x);
            if (number is not 14)
            {
                features?.Add(x);
            }

            if (number == (lastNumber ?? 14))
            {
                break;
            }

            x = ops.LeakyRelu(number == 0 ? x : ops.InstanceNorm(x), 0.2);
            x = number == 11 ? x : Halve(ops, x); // 128, 64, 32
        }

        return x;
    }

    // Two means of 2x2 are the blur with [1 2 1]/4 in both directions.
    static Tensor Halve(TorchOperations ops, Tensor x) =>
        ops.AveragePool(ops.AveragePool(ops.Pad(x, 1, 1, 1, 1, PaddingMode.Reflect), 2, stride: 1), 2, stride: 2);

    Conv2d Convolution(int number) => (Conv2d)model[number];
}
