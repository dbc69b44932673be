using System.Text;

namespace NLCL.Runtime;

/// <summary>Nodes of a model's graph, read and copied under other names. Field numbers: onnx/onnx.proto.</summary>
static class GraphCopy
{
    // Of ModelProto.
    const int GraphField = 7;

    /// <summary>Of GraphProto.</summary>
    public const int NodeField = 1, OutputField = 12;

    // Of NodeProto.
    const int InputsField = 1, OutputsField = 2, TypeField = 4;

    /// <summary>An operator and the names of what it reads and writes.</summary>
    public sealed record Operator(string Type, IReadOnlyList<string> Inputs, IReadOnlyList<string> Outputs);

    /// <summary>The operators of a model in their order, those inside of others left out.</summary>
    public static List<Operator> Operators(ReadOnlySpan<byte> model)
    {
        var operators = new List<Operator>();
        while (OnnxScanner.Next(ref model, out var field, out _, out var graph, out _))
        {
            while (field == GraphField && OnnxScanner.Next(ref graph, out var part, out _, out var node, out _))
            {
                if (part == NodeField)
                {
                    operators.Add(Read(node));
                }
            }
        }
        return operators;
    }

    /// <summary>A model with nodes around its network, which reads and writes tensors of other names.</summary>
    /// <param name="model">Its metadata come along.</param>
    /// <param name="nodes">In front of it and behind it.</param>
    /// <param name="input">What the network reads.</param>
    /// <param name="output">What it writes; null: its last node is left out.</param>
    public static byte[] Around(ModelFile model, GraphNodes nodes, string input, string? output) => WithGraph(model, graph => Graph(graph, nodes, input, output));

    /// <summary>A model with another graph; all else comes along.</summary>
    /// <param name="model">The model.</param>
    /// <param name="change">Given the fields of its graph, writes those of the other.</param>
    public static byte[] WithGraph(ModelFile model, GraphChange change)
    {
        var changed = new ProtobufWriter();
        ReadOnlySpan<byte> fields = model.Content;
        while (OnnxScanner.Next(ref fields, out var field, out _, out var content, out var raw))
        {
            if (field == GraphField)
            {
                changed.Message(field, change(content));
            }
            else
            {
                changed.Raw(raw);
            }
        }
        return changed.Written.ToArray();
    }

    /// <summary>Fields of a graph in, those of another out.</summary>
    public delegate ProtobufWriter GraphChange(ReadOnlySpan<byte> fields);

    static ProtobufWriter Graph(ReadOnlySpan<byte> fields, GraphNodes nodes, string input, string? output)
    {
        var names = new Dictionary<string, string> { [ModelContract.InputName] = input };
        if (output is not null)
        {
            names.Add(ModelContract.OutputName, output);
        }
        var graph = new ProtobufWriter().Raw(nodes.Before.Written);
        while (OnnxScanner.Next(ref fields, out var field, out _, out var content, out var raw))
        {
            if (field != NodeField)
            {
                graph.Raw(raw);
            }
            else if (output is not null || !Writes(content, ModelContract.OutputName))
            {
                graph.Message(field, Renamed(content, names));
            }
        }
        return graph.Raw(nodes.Behind.Written).Raw(nodes.Constants.Written);
    }

    /// <summary>The node with other names for what it reads and writes.</summary>
    /// <param name="fields">Of the node.</param>
    /// <param name="names">Old names and new ones; those that are not in it stay.</param>
    public static ProtobufWriter Renamed(ReadOnlySpan<byte> fields, IReadOnlyDictionary<string, string> names)
    {
        var node = new ProtobufWriter();
        while (OnnxScanner.Next(ref fields, out var field, out _, out var content, out var raw))
        {
            if (field is InputsField or OutputsField && names.TryGetValue(Encoding.UTF8.GetString(content), out var name))
            {
                node.Text(field, name);
            }
            else
            {
                node.Raw(raw);
            }
        }
        return node;
    }

    /// <summary>Whether the node writes a tensor of that name.</summary>
    public static bool Writes(ReadOnlySpan<byte> fields, string name) => Read(fields).Outputs.Contains(name);

    static Operator Read(ReadOnlySpan<byte> fields)
    {
        var type = "";
        List<string> inputs = [], outputs = [];
        while (OnnxScanner.Next(ref fields, out var field, out _, out var content, out _))
        {
            switch (field)
            {
                case InputsField: inputs.Add(Encoding.UTF8.GetString(content)); break;
                case OutputsField: outputs.Add(Encoding.UTF8.GetString(content)); break;
                case TypeField: type = Encoding.UTF8.GetString(content); break;
            }
        }
        return new Operator(type, inputs, outputs);
    }
}
