using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace NLCL.OnnxExport;

/// <summary>Runs a description on tensors; gradients flow as through any other tensor code.</summary>
/// <remarks>Disposes nothing: open a dispose scope around a pass that should leave nothing behind.</remarks>
public sealed partial class TorchOperations : IOperations<Tensor>
{
    TorchOperations()
    {
    }

    /// <summary>The one there is; it holds no state.</summary>
    public static TorchOperations Instance { get; } = new();

    /// <inheritdoc/>
    public Tensor Constant(Tensor value) => value;

    /// <inheritdoc/>
    public Tensor Cast(Tensor x, ScalarType type) => x.to_type(type);

    /// <inheritdoc/>
    public Tensor Add(Tensor a, Tensor b) => a + b;

    /// <inheritdoc/>
    public Tensor Subtract(Tensor a, Tensor b) => a - b;

    /// <inheritdoc/>
    public Tensor Multiply(Tensor a, Tensor b) => a * b;

    /// <inheritdoc/>
    public Tensor Divide(Tensor a, Tensor b) => a / b;

    /// <inheritdoc/>
    public Tensor Maximum(Tensor a, Tensor b) => maximum(a, b);

    /// <inheritdoc/>
    public Tensor Minimum(Tensor a, Tensor b) => minimum(a, b);

    /// <inheritdoc/>
    public Tensor Scale(Tensor x, double factor) => x * factor;

    /// <inheritdoc/>
    public Tensor AddConstant(Tensor x, double value) => x + value;

    /// <inheritdoc/>
    public Tensor Abs(Tensor x) => x.abs();

    /// <inheritdoc/>
    public Tensor Exp(Tensor x) => x.exp();

    /// <inheritdoc/>
    public Tensor Sqrt(Tensor x) => x.sqrt();

    /// <inheritdoc/>
    public Tensor Round(Tensor x) => x.round();

    /// <inheritdoc/>
    public Tensor MatMul(Tensor a, Tensor b) => a.matmul(b);

    /// <inheritdoc/>
    public Tensor Linear(Tensor x, Tensor weight, Tensor? bias = null) => functional.linear(x, weight, bias);

    /// <inheritdoc/>
    public Tensor Softmax(Tensor x, int axis = -1) => x.softmax(axis);

    /// <inheritdoc/>
    public Tensor Mean(Tensor x, IReadOnlyList<int> axes, bool keepAxes = true) => x.mean(Longs(axes), keepAxes);

    /// <inheritdoc/>
    public Tensor Sum(Tensor x, IReadOnlyList<int> axes, bool keepAxes = true) => x.sum(Longs(axes), keepAxes);

    /// <inheritdoc/>
    public Tensor Max(Tensor x, IReadOnlyList<int> axes, bool keepAxes = true) => x.amax(Longs(axes), keepAxes);

    /// <inheritdoc/>
    public Tensor Min(Tensor x, IReadOnlyList<int> axes, bool keepAxes = true) => x.amin(Longs(axes), keepAxes);

    /// <inheritdoc/>
    public Tensor Gather(Tensor x, IReadOnlyList<int> indices, int axis = 1) =>
        x.index_select(axis, tensor(Longs(indices), device: x.device));

    /// <inheritdoc/>
    public Tensor Concat(IReadOnlyList<Tensor> parts, int axis = 1) => cat(parts.ToArray(), axis);

    /// <inheritdoc/>
    public IReadOnlyList<Tensor> Split(Tensor x, IReadOnlyList<int> sizes, int axis = 1) => x.split(Longs(sizes), axis);

    /// <inheritdoc/>
    public Tensor Slice(Tensor x, int axis, int start, int? end = null, int step = 1) =>
        x.slice(axis, start, end ?? long.MaxValue, step);

    /// <inheritdoc/>
    public Tensor Transpose(Tensor x, IReadOnlyList<int> permutation) => x.permute(Longs(permutation));

    /// <inheritdoc/>
    public Tensor Reshape(Tensor x, IReadOnlyList<int> shape) =>
        x.reshape(shape.Select((length, axis) => length == 0 ? x.shape[axis] : length).ToArray());

    /// <inheritdoc/>
    public Tensor ReshapeLike(Tensor x, Tensor like) => x.reshape(like.shape);

    static long[] Longs(IReadOnlyList<int> values) => [.. values.Select(value => (long)value)];
}
