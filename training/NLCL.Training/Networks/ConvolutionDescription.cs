using NLCL.OnnxExport;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace NLCL.Training;

/// <summary>Makes and describes the convolutions that all networks here are made of: square, zero-padded, with a bias.</summary>
static class ConvolutionDescription
{
    /// <summary>3x3 that keeps the size, or halves it with stride 2. The stride belongs to the call, not to the weights.</summary>
    public static Conv2d Convolution3x3(int inputChannels, int outputChannels) =>
        nn.Conv2d(inputChannels, outputChannels, kernel_size: 3, padding: 1);

    public static Conv2d Convolution1x1(int inputChannels, int outputChannels) =>
        nn.Conv2d(inputChannels, outputChannels, kernel_size: 1);

    public static T Describe<T>(this Conv2d convolution, IOperations<T> ops, T x, int stride = 1, int padding = 1, int dilation = 1) =>
        ops.Conv2d(x, convolution.weight!, convolution.bias, stride, padding, dilation: dilation);
}
