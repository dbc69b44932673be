using static TorchSharp.torch;

namespace NLCL.OnnxExport;

public partial interface IOperations<T>
{
    /// <summary><c>max(x, 0)</c>. ONNX: Relu.</summary>
    T Relu(T x);

    /// <summary><c>x</c> where positive, <c>slope * x</c> elsewhere. ONNX: LeakyRelu.</summary>
    T LeakyRelu(T x, double slope = 0.01);

    /// <summary>Leaky with a learned slope: <c>[1]</c> for all channels or <c>[C]</c> one each. ONNX: PRelu.</summary>
    T Prelu(T x, Tensor slope);

    /// <summary>
    /// <c>x * Φ(x)</c>, or its tanh form <c>x/2 * (1 + tanh(√(2/π) (x + 0.044715 x³)))</c>, that of
    /// <c>approximate="tanh"</c>. ONNX: Erf or Tanh and elementary operators, which ONNX Runtime fuses.
    /// </summary>
    T Gelu(T x, bool tanh = false);

    /// <summary><c>x * sigmoid(x)</c>, also called swish. ONNX: Sigmoid, Mul.</summary>
    T Silu(T x);

    /// <summary><c>log(1 + exp(x))</c>. ONNX: Softplus.</summary>
    T Softplus(T x);

    /// <summary><c>x * tanh(softplus(x))</c>. ONNX: Softplus, Tanh, Mul.</summary>
    T Mish(T x) => Multiply(x, Tanh(Softplus(x)));

    /// <summary><c>1 / (1 + exp(-x))</c>. ONNX: Sigmoid.</summary>
    T Sigmoid(T x);

    /// <summary>ONNX: Tanh.</summary>
    T Tanh(T x);

    /// <summary><c>clip(x/6 + 1/2, 0, 1)</c>. ONNX: HardSigmoid.</summary>
    T HardSigmoid(T x);

    /// <summary><c>x * clip(x/6 + 1/2, 0, 1)</c>. ONNX: HardSwish.</summary>
    T HardSwish(T x);

    /// <summary><c>clip(x, -1, 1)</c>. ONNX: Clip.</summary>
    T HardTanh(T x) => Clip(x, -1, 1);

    /// <summary>Keeps values within <c>[min, max]</c>. ONNX: Clip.</summary>
    T Clip(T x, double min, double max);

    /// <summary>
    /// While training, zeroes each value with the given probability and scales up the rest; otherwise, and always in the
    /// file, the identity. ONNX: nothing.
    /// </summary>
    T Dropout(T x, double probability, bool training);
}
