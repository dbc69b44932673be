using Microsoft.ML.OnnxRuntime;

namespace NLCL.Runtime;

/// <summary>What the native ONNX Runtime was built with.</summary>
static class NativeProviders
{
    /// <summary>Null where it has the provider, otherwise what it has.</summary>
    public static string? Missing(string provider)
    {
        var available = OrtEnv.Instance().GetAvailableProviders();
        return available.Contains(provider) ? null : $"this ONNX Runtime has no {provider}, only {string.Join(", ", available)}";
    }
}
