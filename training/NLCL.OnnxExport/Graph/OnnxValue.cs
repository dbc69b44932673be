namespace NLCL.OnnxExport;

/// <summary>A value of the graph that is being written: an input, a constant or a node's output.</summary>
public sealed class OnnxValue
{
    internal OnnxValue(string name, int elementType, IReadOnlyList<Dimension> shape)
    {
        Name = name;
        ElementType = elementType;
        Shape = shape;
    }

    /// <summary>Its name in the graph.</summary>
    public string Name { get; }

    /// <summary>The number of its axes.</summary>
    public int Rank => Shape.Count;

    internal int ElementType { get; }

    internal IReadOnlyList<Dimension> Shape { get; }
}
