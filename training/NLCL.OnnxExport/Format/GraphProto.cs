namespace NLCL.OnnxExport.Format;

partial class GraphProto
{
    /// <summary>How often each value is read: by nodes, and as an output.</summary>
    public Dictionary<string, int> CountUses() => Node.SelectMany(node => node.Input)
        .Concat(Output.Select(output => output.Name))
        .CountBy(name => name)
        .ToDictionary(StringComparer.Ordinal);

    /// <summary>The initializers by name.</summary>
    public Dictionary<string, TensorProto> NamedInitializers() => Initializer.ToDictionary(tensor => tensor.Name, StringComparer.Ordinal);
}
