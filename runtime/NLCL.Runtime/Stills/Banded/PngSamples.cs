using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace NLCL.Runtime;

/// <summary>PNG has red first and the high byte first; a Mat has blue first and the machine's order.</summary>
static class PngSamples
{
    public static void ToMat(ReadOnlySpan<byte> samples, Span<byte> row, RowFormat format)
    {
        if (format.BytesPerSample == 1)
        {
            Swap(samples, row, format.Channels);
            return;
        }
        var words = MemoryMarshal.Cast<byte, ushort>(row);
        Swap(MemoryMarshal.Cast<byte, ushort>(samples), words, format.Channels);
        Turn(words);
    }

    public static void FromMat(ReadOnlySpan<byte> row, Span<byte> samples, RowFormat format) => ToMat(row, samples, format);

    static void Turn(Span<ushort> words)
    {
        if (BitConverter.IsLittleEndian)
        {
            BinaryPrimitives.ReverseEndianness(words, words);
        }
    }

    static void Swap<T>(ReadOnlySpan<T> from, Span<T> to, int channels)
    {
        from.CopyTo(to);
        for (var i = 0; channels >= 3 && i + 2 < from.Length; i += channels)
        {
            (to[i], to[i + 2]) = (from[i + 2], from[i]);
        }
    }
}
