using OpenCvSharp;

namespace NLCL.Runtime;

/// <summary>The pixels of a Mat in place, whatever its row step. The Mat must outlive it.</summary>
readonly unsafe struct MatPixels<T>(Mat picture, ChannelOrder order) : IPixelSource, IPixelTarget
    where T : unmanaged
{
    readonly byte* _data = (byte*)picture.Data;
    readonly long _step = picture.Step();

    public void Read(int x, int y, TargetRow row) => PackedRow.ToPlanar<T>(Row(x, y, row.Length), order, row);

    public void Write(int x, int y, SourceRow row) => PackedRow.ToPacked(row, order, Row(x, y, row.Length));

    Span<T> Row(int x, int y, int length) =>
        new((T*)(_data + (y * _step)) + ((long)x * order.Channels), length * order.Channels);
}
