using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace NLCL.Runtime;

/// <summary>Files have red first and samples in a byte order of their own; a Mat has blue first and the machine's order.</summary>
static class RowSamples
{
    /// <summary>From the order of the file to that of a Mat, or back: both ways are the same exchange.</summary>
    /// <param name="samples">As they are.</param>
    /// <param name="row">As they are to be; as long.</param>
    /// <param name="format">Of the row.</param>
    /// <param name="isLittle">The file has the low byte first.</param>
    public static void Exchange(ReadOnlySpan<byte> samples, Span<byte> row, RowFormat format, bool isLittle)
    {
        if (format.BytesPerSample == 1)
        {
            Swap(samples, row, format.Channels);
            return;
        }
        var words = MemoryMarshal.Cast<byte, ushort>(row);
        Swap(MemoryMarshal.Cast<byte, ushort>(samples), words, format.Channels);
        if (BitConverter.IsLittleEndian != isLittle)
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
