namespace NLCL.OnnxExport;

public partial interface IOperations<T>
{
    /// <summary>Joins along <paramref name="axis"/>. ONNX: Concat.</summary>
    T Concat(IReadOnlyList<T> parts, int axis = 1);

    /// <summary>Cuts <paramref name="axis"/> into parts of these sizes, which add up to it. ONNX: Split.</summary>
    IReadOnlyList<T> Split(T x, IReadOnlyList<int> sizes, int axis = 1);

    /// <summary>
    /// Elements <paramref name="start"/> up to but not including <paramref name="end"/> of one axis; negative ones count from
    /// the end, a null end is the end. ONNX: Slice.
    /// </summary>
    T Slice(T x, int axis, int start, int? end = null, int step = 1);

    /// <summary>
    /// The elements of <paramref name="axis"/> at <paramref name="indices"/>, 0 or more, in that order; one may come twice. RGB from BGR is
    /// <c>[2, 1, 0]</c>. ONNX: Gather.
    /// </summary>
    T Gather(T x, IReadOnlyList<int> indices, int axis = 1);

    /// <summary>Reorders the axes: result axis <c>i</c> is axis <c>permutation[i]</c>. ONNX: Transpose.</summary>
    T Transpose(T x, IReadOnlyList<int> permutation);

    /// <summary>
    /// Reads the elements in order into another shape; 0 keeps the axis at that position, one -1 takes what is left.
    /// ONNX: Reshape.
    /// </summary>
    T Reshape(T x, IReadOnlyList<int> shape);

    /// <summary>Reads the elements in order into the shape of <paramref name="like"/>. ONNX: Shape, Reshape.</summary>
    T ReshapeLike(T x, T like);
}
