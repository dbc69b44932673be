using static TorchSharp.torch;

namespace NLCL.OnnxExport;

/// <summary>
/// The operations that a network description may use. Each has PyTorch's meaning and names the ONNX operator it becomes.
/// </summary>
/// <remarks>
/// Pictures are <c>[N, C, H, W]</c>. Weights are the module's own tensors, the very objects that its <c>state_dict()</c>
/// lists: the file then calls them by those names. Any other tensor (a product of two weights, say) becomes a constant.
/// Nothing here can fix H or W in the file. Axes may be negative and then count from the end.
/// </remarks>
/// <typeparam name="T">A value: <see cref="Tensor"/> when running, <see cref="OnnxValue"/> when writing.</typeparam>
public partial interface IOperations<T>
{
    /// <summary>A fixed tensor. Equal constants are stored once. ONNX: initializer.</summary>
    T Constant(Tensor value);

    /// <summary>Converts the element type. ONNX: Cast.</summary>
    T Cast(T x, ScalarType type);

    /// <summary>Sum with broadcasting. ONNX: Add.</summary>
    T Add(T a, T b);

    /// <summary>Difference with broadcasting. ONNX: Sub.</summary>
    T Subtract(T a, T b);

    /// <summary>Product with broadcasting: gates, masks. ONNX: Mul.</summary>
    T Multiply(T a, T b);

    /// <summary>Quotient with broadcasting. ONNX: Div.</summary>
    T Divide(T a, T b);

    /// <summary>Element-wise larger of two, with broadcasting. ONNX: Max.</summary>
    T Maximum(T a, T b);

    /// <summary>Element-wise smaller of two, with broadcasting. ONNX: Min.</summary>
    T Minimum(T a, T b);

    /// <summary><c>x * factor</c>. ONNX: Mul with a scalar.</summary>
    T Scale(T x, double factor);

    /// <summary><c>x + value</c>. ONNX: Add with a scalar.</summary>
    T AddConstant(T x, double value);

    /// <summary>ONNX: Abs.</summary>
    T Abs(T x);

    /// <summary>ONNX: Exp.</summary>
    T Exp(T x);

    /// <summary>Square root. ONNX: Sqrt.</summary>
    T Sqrt(T x);

    /// <summary>To the nearest whole number, halves to the even one. ONNX: Round.</summary>
    T Round(T x);

    /// <summary>Matrix product over the last two axes, with broadcasting of the others. ONNX: MatMul.</summary>
    T MatMul(T a, T b);

    /// <summary>
    /// <c>x · weightᵀ + bias</c> over the last axis: <c>[..., in]</c> to <c>[..., out]</c>, weight <c>[out, in]</c>.
    /// ONNX: Gemm for two axes; Transpose of the weight (folded on loading), MatMul and Add for more.
    /// </summary>
    T Linear(T x, Tensor weight, Tensor? bias = null);

    /// <summary>Sums to one along <paramref name="axis"/>. ONNX: Softmax.</summary>
    T Softmax(T x, int axis = -1);

    /// <summary>Mean over axes. ONNX: ReduceMean.</summary>
    T Mean(T x, IReadOnlyList<int> axes, bool keepAxes = true);

    /// <summary>Sum over axes. ONNX: ReduceSum.</summary>
    T Sum(T x, IReadOnlyList<int> axes, bool keepAxes = true);

    /// <summary>Largest over axes. ONNX: ReduceMax.</summary>
    T Max(T x, IReadOnlyList<int> axes, bool keepAxes = true);

    /// <summary>Smallest over axes. ONNX: ReduceMin.</summary>
    T Min(T x, IReadOnlyList<int> axes, bool keepAxes = true);
}
