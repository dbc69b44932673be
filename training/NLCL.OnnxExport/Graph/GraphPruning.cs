using NLCL.OnnxExport.Format;

namespace NLCL.OnnxExport;

/// <summary>Takes out what no output needs.</summary>
static class GraphPruning
{
    public static void Prune(GraphProto graph)
    {
        var needed = graph.Output.Select(output => output.Name).ToHashSet(StringComparer.Ordinal);
        // Nodes stand in the order of the description, so each one's consumers come after it.
        for (var i = graph.Node.Count - 1; i >= 0; i--)
        {
            var node = graph.Node[i];
            if (node.Output.Any(needed.Contains))
            {
                needed.UnionWith(node.Input);
            }
            else
            {
                graph.Node.RemoveAt(i);
            }
        }
        for (var i = graph.Initializer.Count - 1; i >= 0; i--)
        {
            if (!needed.Contains(graph.Initializer[i].Name))
            {
                graph.Initializer.RemoveAt(i);
            }
        }
    }
}
