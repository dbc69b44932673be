using System.Globalization;
using NLCL.OnnxExport.Format;

namespace NLCL.OnnxExport.Tests;

/// <summary>A model as lines that a person can compare.</summary>
static class GraphListing
{
    public static string Of(ModelProto model) => string.Join('\n',
    [
        $"ir {model.IrVersion}, opset {model.OpsetImport.Single().Version}",
        .. model.Graph.Input.Select(value => $"input {Of(value)}"),
        .. model.Graph.Initializer.Select(tensor => $"weight {tensor.Name} [{string.Join(',', tensor.Dims)}]"),
        .. model.Graph.Node.Select(Of),
        .. model.Graph.Output.Select(value => $"output {Of(value)}"),
    ]);

    static string Of(ValueInfoProto value) =>
        $"{value.Name} [{string.Join(',', value.Type.TensorType.Shape.Dim.Select(dim => dim.DimParam.Length > 0 ? dim.DimParam : $"{dim.DimValue}"))}]";

    static string Of(NodeProto node) =>
        $"{node.Name}: {node.OpType}({string.Join(", ", node.Input)}) -> {string.Join(", ", node.Output)} {string.Join(" ", node.Attribute.Select(Of))}".TrimEnd();

    static string Of(AttributeProto attribute) => attribute.Name + "=" + (attribute.Type switch
    {
        AttributeProto.Types.AttributeType.Int => attribute.I.ToString(CultureInfo.InvariantCulture),
        AttributeProto.Types.AttributeType.Ints => string.Join(',', attribute.Ints),
        AttributeProto.Types.AttributeType.Float => attribute.F.ToString(CultureInfo.InvariantCulture),
        _ => attribute.S.ToStringUtf8(),
    });
}
