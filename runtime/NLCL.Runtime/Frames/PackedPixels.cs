using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NLCL.Runtime;

/// <summary>Packed frames in memory, one after the other, to read.</summary>
readonly ref struct PackedSource<T>(ReadOnlySpan<byte> bytes, FrameFormat format) : IPixelSource
    where T : unmanaged
{
    readonly ReadOnlySpan<byte> _bytes = bytes;
    readonly ChannelOrder _order = format.Order;
    readonly int _stride = format.RowBytes;
    readonly int _frame = format.RowBytes * format.Height;

    public int Window => 1;

    public bool IsAligned => true;

    public void Read(int frame, int x, int y, TargetRow row)
    {
        var pixel = _order.Channels * Unsafe.SizeOf<T>();
        var at = ((nint)frame * _frame) + ((nint)y * _stride) + ((nint)x * pixel);
        PackedRow.ToPlanar(MemoryMarshal.Cast<byte, T>(_bytes.Slice((int)at, row.Length * pixel)), _order, row);
    }
}

/// <summary>Packed frames in memory, one after the other, to write.</summary>
readonly ref struct PackedTarget<T>(Span<byte> bytes, FrameFormat format) : IPixelTarget
    where T : unmanaged
{
    readonly Span<byte> _bytes = bytes;
    readonly ChannelOrder _order = format.Order;
    readonly int _stride = format.RowBytes;
    readonly int _frame = format.RowBytes * format.Height;

    public void Write(int frame, int x, int y, SourceRow row)
    {
        var pixel = _order.Channels * Unsafe.SizeOf<T>();
        var at = ((nint)frame * _frame) + ((nint)y * _stride) + ((nint)x * pixel);
        PackedRow.ToPacked(row, _order, MemoryMarshal.Cast<byte, T>(_bytes.Slice((int)at, row.Length * pixel)));
    }
}
