using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace NLCL.OnnxExport;

public sealed partial class TorchOperations
{
    /// <inheritdoc/>
    public Tensor Relu(Tensor x) => x.relu();

    /// <inheritdoc/>
    public Tensor LeakyRelu(Tensor x, double slope = 0.01) => functional.leaky_relu(x, slope);

    /// <inheritdoc/>
    public Tensor Prelu(Tensor x, Tensor slope) => functional.prelu(x, slope);

    /// <inheritdoc/>
    public Tensor Gelu(Tensor x, bool tanh = false) =>
        tanh ? x * 0.5 * (((x + x * x * x * 0.044715) * Math.Sqrt(2 / Math.PI)).tanh() + 1.0) : x.gelu();

    /// <inheritdoc/>
    public Tensor Silu(Tensor x) => functional.silu(x);

    /// <inheritdoc/>
    public Tensor Softplus(Tensor x) => functional.softplus(x);

    /// <inheritdoc/>
    public Tensor Sigmoid(Tensor x) => x.sigmoid();

    /// <inheritdoc/>
    public Tensor Tanh(Tensor x) => x.tanh();

    /// <inheritdoc/>
    public Tensor HardSigmoid(Tensor x) => Clip(x / 6.0 + 0.5, 0, 1);

    /// <inheritdoc/>
    public Tensor HardSwish(Tensor x) => x * HardSigmoid(x);

    /// <inheritdoc/>
    public Tensor Clip(Tensor x, double min, double max) => x.clamp((Scalar)min, (Scalar)max);

    /// <inheritdoc/>
    public Tensor Dropout(Tensor x, double probability, bool training) =>
        training ? functional.dropout(x, probability, training) : x;
}
