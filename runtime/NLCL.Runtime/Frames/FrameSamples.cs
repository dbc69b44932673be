using System.Runtime.InteropServices;

namespace NLCL.Runtime;

/// <summary>Samples of a frame between any layout and one without gaps; those of YUV 4:2:0 in three planes, 10-bit codes in the low bits.</summary>
static class FrameSamples
{
    // 10-bit codes of a shared chroma plane lie in the high bits.
    const int HighBits = 6;

    /// <summary>The layout is the plain one: nothing to move.</summary>
    public static bool IsTight(FrameFormat format) => !format.IsInterleaved && format.RowBytes == format.TightRowBytes
        && format.ChromaRowBytes == format.ChromaWidth * format.BytesPerSample;

    /// <summary>A frame of three packed bytes a pixel, or of YUV, without gaps: as it lies, or in planes.</summary>
    public static void ToTight(FrameFormat format, ReadOnlySpan<byte> frame, Span<byte> tight)
    {
        if (!format.IsYuv)
        {
            CopyRows(frame, format.RowBytes, tight, format.TightRowBytes, format.TightRowBytes, format.Height);
        }
        else if (IsTight(format))
        {
            frame[..tight.Length].CopyTo(tight);
        }
        else
        {
            Gather(format, frame, tight);
        }
    }

    /// <summary>The way back; bytes between the rows stay what they are.</summary>
    public static void FromTight(FrameFormat format, ReadOnlySpan<byte> tight, Span<byte> frame)
    {
        if (!format.IsYuv)
        {
            CopyRows(tight, format.TightRowBytes, frame, format.RowBytes, format.TightRowBytes, format.Height);
        }
        else if (IsTight(format))
        {
            tight.CopyTo(frame);
        }
        else
        {
            Spread(format, tight, frame);
        }
    }

    /// <summary>So many bytes of each row; the last row may end with them.</summary>
    public static void CopyRows(ReadOnlySpan<byte> from, int fromStride, Span<byte> to, int toStride, int rowBytes, int rows)
    {
        if (fromStride == rowBytes && toStride == rowBytes)
        {
            from[..(rows * rowBytes)].CopyTo(to);
            return;
        }
        for (var y = 0; y < rows; y++)
        {
            from.Slice(y * fromStride, rowBytes).CopyTo(to[(y * toStride)..]);
        }
    }

    /// <summary>From the layout to planes.</summary>
    public static void Gather(FrameFormat format, ReadOnlySpan<byte> frame, Span<byte> planes)
    {
        var (row, chroma) = (format.TightRowBytes, format.ChromaWidth * format.BytesPerSample);
        for (var y = 0; y < format.Height; y++)
        {
            Copy(format, frame.Slice(y * format.RowBytes, row), planes.Slice(y * row, row), down: true);
        }
        var (at, u) = (format.RowBytes * format.Height, row * format.Height);
        var v = u + (chroma * format.ChromaHeight);
        for (var y = 0; y < format.ChromaHeight; y++)
        {
            var source = frame[(at + (y * format.ChromaRowBytes))..];
            var uRow = planes.Slice(u + (y * chroma), chroma);
            var vRow = planes.Slice(v + (y * chroma), chroma);
            if (format.Pixels == PixelFormat.Nv12)
            {
                InterleavedRow.Split(source[..(2 * chroma)], uRow, vRow);
            }
            else if (format.Pixels == PixelFormat.P010)
            {
                InterleavedRow.Split(Words(source[..(2 * chroma)]), Words(uRow), Words(vRow), HighBits);
            }
            else
            {
                source[..chroma].CopyTo(uRow);
                frame.Slice(at + ((format.ChromaHeight + y) * format.ChromaRowBytes), chroma).CopyTo(vRow);
            }
        }
    }

    /// <summary>From planes to the layout; bytes between the rows stay what they are.</summary>
    public static void Spread(FrameFormat format, ReadOnlySpan<byte> planes, Span<byte> frame)
    {
        var (row, chroma) = (format.TightRowBytes, format.ChromaWidth * format.BytesPerSample);
        for (var y = 0; y < format.Height; y++)
        {
            Copy(format, planes.Slice(y * row, row), frame.Slice(y * format.RowBytes, row), down: false);
        }
        var (at, u) = (format.RowBytes * format.Height, row * format.Height);
        var v = u + (chroma * format.ChromaHeight);
        for (var y = 0; y < format.ChromaHeight; y++)
        {
            var target = frame[(at + (y * format.ChromaRowBytes))..];
            var uRow = planes.Slice(u + (y * chroma), chroma);
            var vRow = planes.Slice(v + (y * chroma), chroma);
            if (format.Pixels == PixelFormat.Nv12)
            {
                InterleavedRow.Join(uRow, vRow, target[..(2 * chroma)]);
            }
            else if (format.Pixels == PixelFormat.P010)
            {
                InterleavedRow.Join(Words(uRow), Words(vRow), Words(target[..(2 * chroma)]), HighBits);
            }
            else
            {
                uRow.CopyTo(target);
                vRow.CopyTo(frame[(at + ((format.ChromaHeight + y) * format.ChromaRowBytes))..]);
            }
        }
    }

    static void Copy(FrameFormat format, ReadOnlySpan<byte> from, Span<byte> to, bool down)
    {
        if (format.Pixels != PixelFormat.P010)
        {
            from.CopyTo(to);
            return;
        }
        var source = Words(from);
        var target = Words(to);
        for (var i = 0; i < target.Length; i++)
        {
            target[i] = (ushort)(down ? source[i] >> HighBits : source[i] << HighBits);
        }
    }

    static ReadOnlySpan<ushort> Words(ReadOnlySpan<byte> bytes) => MemoryMarshal.Cast<byte, ushort>(bytes);

    static Span<ushort> Words(Span<byte> bytes) => MemoryMarshal.Cast<byte, ushort>(bytes);
}
