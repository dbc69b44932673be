namespace NLCL.OnnxExport.Format;

partial class NodeProto
{
    /// <summary>The attribute of that name, which must be there.</summary>
    public AttributeProto AttributeNamed(string name) => Attribute.Single(attribute => attribute.Name == name);

    public void RenameInput(string from, string to) => Rename(Input, from, to);

    public void RenameOutput(string from, string to) => Rename(Output, from, to);

    static void Rename(Google.Protobuf.Collections.RepeatedField<string> names, string from, string to)
    {
        for (var i = 0; i < names.Count; i++)
        {
            names[i] = names[i] == from ? to : names[i];
        }
    }
}
