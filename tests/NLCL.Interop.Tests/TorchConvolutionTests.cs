using TorchSharp;
using static NLCL.Interop.Tests.TorchValues;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace NLCL.Interop.Tests;

public sealed class TorchConvolutionTests : IDisposable
{
    readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    [Theory]
    [InlineData(1, 1, 0, 0, 1, 1)]
    [InlineData(2, 1, 1, 2, 1, 1)]
    [InlineData(1, 3, 2, 1, 2, 1)]
    [InlineData(2, 2, 1, 1, 1, 2)]
    [InlineData(1, 1, 1, 1, 1, 4)]
    public void Convolution_agrees_with_loops(int strideY, int strideX, int padY, int padX, int dilation, int groups)
    {
        var (x, weight, bias) = (Draw(1, 2, 4, 9, 8), Draw(2, 8, 4 / groups, 3, 2), Draw(3, 8));
        var found = functional.conv2d(x, weight, bias, [strideY, strideX], [padY, padX], [dilation, dilation], groups);
        AreClose(Loops(x, weight, bias, (strideY, strideX), (padY, padX), dilation, groups), found);
    }

    // The transposed convolution is by definition the adjoint: <conv(x), y> = <x, conv_transpose(y)>.
    [Theory]
    [InlineData(1, 0, 0, 1, 1)]
    [InlineData(2, 1, 1, 1, 1)]
    [InlineData(2, 2, 0, 2, 2)]
    public void Transposed_convolution_is_the_adjoint(int stride, int padding, int outputPadding, int dilation, int groups)
    {
        var weight = Draw(2, 6, 4 / groups, 3, 3);
        var y = Draw(3, 1, 6, 5, 4);
        var transposed = functional.conv_transpose2d(
            y, weight, null, [stride, stride], [padding, padding], [outputPadding, outputPadding], [dilation, dilation], groups);
        var x = Draw(4, transposed.shape);
        var forward = functional.conv2d(x, weight, null, [stride, stride], [padding, padding], [dilation, dilation], groups);
        Assert.Equal(y.shape, forward.shape);
        AreClose([(forward * y).sum().item<double>()], (x * transposed).sum());
    }

    [Fact]
    public void Padding_by_name_keeps_the_size_or_pads_nothing()
    {
        var (x, weight) = (Draw(1, 1, 2, 6, 6), Draw(2, 3, 2, 3, 3));
        AreClose(functional.conv2d(x, weight, padding: [1]), functional.conv2d_padding(x, weight, padding: Padding.Same));
        AreClose(functional.conv2d(x, weight), functional.conv2d_padding(x, weight, padding: Padding.Valid));
    }

    [Fact]
    public void A_convolution_is_the_product_with_unfolded_columns()
    {
        var (x, weight) = (Draw(1, 2, 3, 5, 6), Draw(2, 4, 3, 3, 3));
        var columns = functional.unfold(x, 3, padding: 1, stride: 2);
        var product = weight.view(4, -1).matmul(columns).view(2, 4, 3, 3);
        AreClose(functional.conv2d(x, weight, strides: [2], padding: [1]), product);
        var overlaps = functional.fold(functional.unfold(ones_like(x), 3, padding: 1), (5, 6), (3, 3), padding: (1, 1));
        Assert.Equal(9, overlaps[0, 0, 2, 2].item<double>());
        Assert.Equal(4, overlaps[0, 0, 0, 0].item<double>());
    }

    [Fact]
    public void One_dimensional_convolution_slides_a_window()
    {
        var found = functional.conv1d(tensor(new double[] { 1, 2, 3, 4, 5 }).view(1, 1, 5), tensor(new double[] { 1, 0, -1 }).view(1, 1, 3), stride: 2, padding: 1);
        AreClose([-2, -2, 4], found);
    }

    static double[] Loops(Tensor input, Tensor kernels, Tensor bias, (int Y, int X) stride, (int Y, int X) pad, int dilation, int groups)
    {
        var (x, w, b) = (Doubles(input), Doubles(kernels), Doubles(bias));
        var (n, c, h, width) = ((int)input.shape[0], (int)input.shape[1], (int)input.shape[2], (int)input.shape[3]);
        var (outputs, perGroup, kh, kw) = ((int)kernels.shape[0], (int)kernels.shape[1], (int)kernels.shape[2], (int)kernels.shape[3]);
        var rows = (h + 2 * pad.Y - dilation * (kh - 1) - 1) / stride.Y + 1;
        var columns = (width + 2 * pad.X - dilation * (kw - 1) - 1) / stride.X + 1;
        var result = new List<double>();
        for (var index = 0; index < n * outputs * rows * columns; index++)
        {
            var (image, o, row, column) = (index / (outputs * rows * columns), index / (rows * columns) % outputs, index / columns % rows, index % columns);
            var sum = b[o];
            for (var i = 0; i < perGroup * kh * kw; i++)
            {
                var (channel, ky, kx) = (i / (kh * kw), i / kw % kh, i % kw);
                var (y, xx) = (row * stride.Y - pad.Y + ky * dilation, column * stride.X - pad.X + kx * dilation);
                if (y >= 0 && y < h && xx >= 0 && xx < width)
                {
                    var from = o / (outputs / groups) * perGroup + channel;
                    sum += x[((image * c + from) * h + y) * width + xx] * w[((o * perGroup + channel) * kh + ky) * kw + kx];
                }
            }
            result.Add(sum);
        }
        return [.. result];
    }
}
