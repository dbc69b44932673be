using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using System.Security.Cryptography;
using System.Text;
using Microsoft.ML.OnnxRuntime;

namespace NLCL.Runtime;

/// <summary>
/// Graphs that ONNX Runtime has optimised for this processor, kept between starts. A file is 32 bytes of SHA-256 and the
/// graph that they belong to: whatever is cut off or altered is made anew. A cache that cannot be written is no failure.
/// </summary>
sealed class OptimizedModelCache(string folder)
{
    const string Extension = ".optimized";

    /// <summary>Everything that the optimised graph depends on.</summary>
    public static string KeyOf(ModelFile model, IDeviceProvider provider)
    {
        var text = string.Join('|', model.Sha256, OrtEnv.Instance().GetVersionString(), provider.ProviderName, RuntimeInformation.ProcessArchitecture, Processor());
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..32];
    }

    public byte[]? Read(string key)
    {
        try
        {
            var file = File.ReadAllBytes(PathOf(key));
            return file.Length > SHA256.HashSizeInBytes && SHA256.HashData(file.AsSpan(SHA256.HashSizeInBytes)).AsSpan().SequenceEqual(file.AsSpan(0, SHA256.HashSizeInBytes))
                ? file[SHA256.HashSizeInBytes..]
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Lets <paramref name="create"/> write the graph to a temporary name, and publishes it whole or not at all.</summary>
    /// <param name="key">From <see cref="KeyOf"/>.</param>
    /// <param name="create">Given the path to write to, or null: do not write.</param>
    public InferenceSession Write(string key, Func<string?, InferenceSession> create)
    {
        string? draft;
        try
        {
            Directory.CreateDirectory(folder);
            draft = Path.Combine(folder, $".{key}.{Guid.NewGuid():N}");
            File.WriteAllBytes(draft, []);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return create(null);
        }
        InferenceSession session;
        try
        {
            session = create(draft);
        }
        catch
        {
            TryDelete(draft);
            throw;
        }
        try
        {
            var graph = File.ReadAllBytes(draft);
            using (var file = new FileStream(draft, FileMode.Create, FileAccess.Write))
            {
                file.Write(SHA256.HashData(graph));
                file.Write(graph);
                file.Flush(flushToDisk: true);
            }
            File.Move(draft, PathOf(key), overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            TryDelete(draft);
        }
        return session;
    }

    string PathOf(string key) => Path.Combine(folder, key + Extension);

    /// <summary>Layouts of weights follow the widest vectors and the integer products.</summary>
    static string Processor() => $"{(X86Base.IsSupported ? X86Base.CpuId(1, 0).Eax : 0)}-{Avx512F.IsSupported}-{Avx2.IsSupported}-{ProcessorFeatures.HasIntegerDotProducts}";

    static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Left for whoever may clean that folder.
        }
    }
}
