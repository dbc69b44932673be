using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace NLCL.OnnxExport.Tests;

public sealed class ModuleOperationsTests
{
    [Theory]
    [InlineData(PaddingModes.Zeros)]
    [InlineData(PaddingModes.Reflect)]
    [InlineData(PaddingModes.Replicate)]
    [InlineData(PaddingModes.Circular)]
    public void A_chain_of_modules_is_what_their_own_forward_gives(PaddingModes padding)
    {
        using var folder = new TemporaryFolder();
        using var chain = new Chain(padding);

        // Chain.forward calls the modules themselves, so this compares with TorchSharp's own.
        var report = OnnxExporter.Export(chain, chain, folder.Path("chain.onnx"), new ExportOptions { SizeMultiple = 2 });

        Assert.InRange(report.MaxDifference, 0, 1e-5);
    }

    [Theory]
    [InlineData(5, 2, PaddingModes.Zeros)]
    [InlineData(4, 1, PaddingModes.Zeros)]
    [InlineData(4, 3, PaddingModes.Reflect)]
    public void Same_padding_is_worked_out(int kernel, int dilation, PaddingModes mode)
    {
        using var same = Conv2d(3, 4, kernel, Padding.Same, dilation: dilation, padding_mode: mode);
        using var x = rand([1, 3, 20, 21]);
        using var gradient = no_grad();

        using var expected = same.call(x);
        using var described = TorchOperations.Instance.Conv2d(x, same);

        Assert.True(described.allclose(expected));
    }

    [Fact]
    public void Height_and_width_may_differ()
    {
        using var uneven = Conv2d(3, 4, (3, 2), stride: (1, 2), padding: (2, 0), dilation: (2, 1));
        using var x = rand([1, 3, 20, 21]);
        using var gradient = no_grad();

        using var expected = uneven.call(x);
        using var described = TorchOperations.Instance.Conv2d(x, uneven);

        Assert.True(described.allclose(expected));
    }

    sealed class Chain : Module<Tensor, Tensor>, INetworkDescription
    {
        readonly Conv2d head;
        readonly BatchNorm2d norm = BatchNorm2d(8);
        readonly ConvTranspose2d up = ConvTranspose2d(8, 8, 3, stride: 2, padding: 1, output_padding: 1, groups: 2);
        readonly Linear mix = Linear(8, 5);

        public Chain(PaddingModes padding) : base("chain")
        {
            head = Conv2d(3, 8, 3, stride: 2, padding: 2, dilation: 2, padding_mode: padding);
            RegisterComponents();
        }

        public override Tensor forward(Tensor x)
        {
            x = up.call(norm.call(head.call(x)));
            return mix.call(x.permute(0, 2, 3, 1));
        }

        public IReadOnlyList<T> Describe<T>(IOperations<T> ops, IReadOnlyList<T> inputs)
        {
            var x = ops.ConvTranspose2d(ops.BatchNorm2d(ops.Conv2d(inputs[0], head), norm), up);
            return [ops.Linear(ops.Transpose(x, [0, 2, 3, 1]), mix)];
        }
    }
}
