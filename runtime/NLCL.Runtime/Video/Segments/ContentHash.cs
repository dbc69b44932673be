using System.Buffers.Binary;
using System.Security.Cryptography;

namespace NLCL.Runtime;

/// <summary>Tells in milliseconds whether a large file is still the same: its length, and its first and last mebibyte.</summary>
static class ContentHash
{
    const int Part = 1 << 20;

    /// <summary>SHA-256 over length, head and tail, lower-case hexadecimal.</summary>
    public static string Of(string path)
    {
        using var file = File.OpenRead(path);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> length = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(length, file.Length);
        hash.AppendData(length);
        var buffer = new byte[Part];
        foreach (var start in (long[])[0, Math.Max(0, file.Length - Part)])
        {
            file.Position = start;
            hash.AppendData(buffer, 0, file.ReadAtLeast(buffer, Part, throwOnEndOfStream: false));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>SHA-256 over a whole file.</summary>
    public static string OfAll(string path)
    {
        using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }
}
