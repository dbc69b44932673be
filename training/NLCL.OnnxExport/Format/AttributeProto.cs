using Google.Protobuf;

namespace NLCL.OnnxExport.Format;

partial class AttributeProto
{
    public static AttributeProto Of(string name, long value) =>
        new() { Name = name, I = value, Type = Types.AttributeType.Int };

    public static AttributeProto Of(string name, float value) =>
        new() { Name = name, F = value, Type = Types.AttributeType.Float };

    public static AttributeProto Of(string name, string value) =>
        new() { Name = name, S = ByteString.CopyFromUtf8(value), Type = Types.AttributeType.String };

    public static AttributeProto Of(string name, params IEnumerable<long> values) =>
        new() { Name = name, Ints = { values }, Type = Types.AttributeType.Ints };
}
