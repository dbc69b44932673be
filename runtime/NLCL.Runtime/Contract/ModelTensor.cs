namespace NLCL.Runtime;

/// <summary>An input or output as the model file declares it.</summary>
/// <param name="Name">The tensor's name.</param>
/// <param name="ElementType">ONNX's word for the element type, for example <c>float</c>.</param>
/// <param name="Dimensions">One entry per axis: a number, or the name of a free dimension such as <c>h</c>.</param>
public sealed record ModelTensor(string Name, string ElementType, IReadOnlyList<string> Dimensions)
{
    /// <summary>For example <c>float [n, 3, h, w]</c>.</summary>
    public string Shape => $"{ElementType} [{string.Join(", ", Dimensions)}]";
}
