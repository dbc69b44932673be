using static TorchSharp.torch;

namespace NLCL.OnnxExport;

public partial interface IOperations<T>
{
    /// <summary>
    /// Each channel of each picture to mean 0 and variance 1, then <c>weight[C]</c> and <c>bias[C]</c>: statistics of the whole
    /// picture. ONNX: InstanceNormalization.
    /// </summary>
    T InstanceNorm(T x, Tensor? weight = null, Tensor? bias = null, double epsilon = 1e-5);

    /// <summary>
    /// Normalises with the running statistics <c>[C]</c>; while <paramref name="training"/> with the batch's own, and updates
    /// the running ones. ONNX: folded into the convolution before it where that feeds nothing else, else BatchNormalization.
    /// </summary>
    /// <exception cref="InvalidOperationException">Written with <paramref name="training"/> set.</exception>
    T BatchNorm(T x, Tensor runningMean, Tensor runningVariance, Tensor? weight = null, Tensor? bias = null,
        bool training = false, double momentum = 0.1, double epsilon = 1e-5);

    /// <summary>
    /// Normalises over the last axes, as many as <paramref name="weight"/> has, then weight and bias of their shape.
    /// ONNX: LayerNormalization.
    /// </summary>
    T LayerNorm(T x, Tensor weight, Tensor? bias = null, double epsilon = 1e-5);

    /// <summary>
    /// Normalises groups of neighbouring channels together, then <c>weight[C]</c> and <c>bias[C]</c>.
    /// ONNX: Reshape, InstanceNormalization, Reshape, Mul, Add.
    /// </summary>
    T GroupNorm(T x, int groups, Tensor? weight = null, Tensor? bias = null, double epsilon = 1e-5);
}
