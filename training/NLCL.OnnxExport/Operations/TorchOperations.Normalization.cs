using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace NLCL.OnnxExport;

public sealed partial class TorchOperations
{
    /// <inheritdoc/>
    public Tensor InstanceNorm(Tensor x, Tensor? weight = null, Tensor? bias = null, double epsilon = 1e-5) =>
        functional.instance_norm(x, weight: weight, bias: bias, eps: epsilon);

    /// <inheritdoc/>
    public Tensor BatchNorm(Tensor x, Tensor runningMean, Tensor runningVariance, Tensor? weight = null,
        Tensor? bias = null, bool training = false, double momentum = 0.1, double epsilon = 1e-5) =>
        functional.batch_norm(x, runningMean, runningVariance, weight, bias, training, momentum, epsilon);

    /// <inheritdoc/>
    public Tensor LayerNorm(Tensor x, Tensor weight, Tensor? bias = null, double epsilon = 1e-5) =>
        functional.layer_norm(x, weight.shape, weight, bias, epsilon);

    /// <inheritdoc/>
    public Tensor GroupNorm(Tensor x, int groups, Tensor? weight = null, Tensor? bias = null, double epsilon = 1e-5) =>
        functional.group_norm(x, groups, weight, bias, epsilon);
}
