using System;

namespace TorchSharp.Utils;

/// <summary>Names a field or property in the module's state where its own name should not be used.</summary>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property)]
public class ComponentNameAttribute : Attribute
{
    public string? Name { get; set; }
}
