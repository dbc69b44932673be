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
    public void A_chain_of_modules_is_what_their_own_forward_gives(PaddingModes padding)
    {
        using var folder = new TemporaryFolder();
        using var chain = new Chain(padding);

        // Chain.forward calls the modules themselves, so this compares with TorchSharp's own.
        var report = OnnxExporter.Export(chain, chain, folder.Path("chain.onnx"), new ExportOptions { SizeMultiple = 2 });

        Assert.InRange(report.MaxDifference, 0, 1e-5);
    }

    [Fact]
    public void Same_padding_is_worked_out()
    {
        using var same = Conv2d(3, 4, 5, Padding.Same, dilation: 2);
        using var x = rand([1, 3, 20, 21]);
        using var gradient = no_grad();

        using var expected = same.call(x);
        using var described = TorchOperations.Instance.Conv2d(x, same);

        Assert.True(described.allclose(expected));
    }

    [Fact]
    public void What_has_no_counterpart_is_refused()
    {
        using var x = rand([1, 3, 20, 21]);
        using var uneven = Conv2d(3, 4, (3, 3), stride: (1, 2));
        using var circular = Conv2d(3, 4, 3, padding: 1, padding_mode: PaddingModes.Circular);
        using var even = Conv2d(3, 4, 4, Padding.Same);

        Assert.Throws<ArgumentException>(() => TorchOperations.Instance.Conv2d(x, uneven));
        Assert.Throws<ArgumentException>(() => TorchOperations.Instance.Conv2d(x, circular));
        Assert.Throws<ArgumentException>(() => TorchOperations.Instance.Conv2d(x, even));
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
