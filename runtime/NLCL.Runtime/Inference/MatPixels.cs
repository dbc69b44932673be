using OpenCvSharp;

namespace NLCL.Runtime;

/// <summary>Where the rows of a Mat lie. The Mat must outlive it.</summary>
readonly record struct MatRows(nint Data, long Step)
{
    public static MatRows Of(Mat picture) => new(picture.Data, picture.Step());

    /// <summary>All rows and what lies between them.</summary>
    public unsafe Span<byte> Bytes(int rows, int rowBytes) => new((byte*)Data, checked((int)(((rows - 1) * Step) + rowBytes)));
}

/// <summary>The pixels of Mats of one size in place, whatever their row steps.</summary>
readonly unsafe ref struct MatPixels<T>(ReadOnlySpan<MatRows> pictures, ChannelOrder order, int window = 1) : IPixelSource, IPixelTarget
    where T : unmanaged
{
    readonly ReadOnlySpan<MatRows> _pictures = pictures;

    public int Window => window;

    public bool IsAligned => window == 1;

    public void Read(int frame, int x, int y, TargetRow row) => PackedRow.ToPlanar<T>(Row(frame, x, y, row.Length), order, row);

    public void Write(int frame, int x, int y, SourceRow row) => PackedRow.ToPacked(row, order, Row(frame, x, y, row.Length));

    Span<T> Row(int frame, int x, int y, int length) =>
        new((T*)((byte*)_pictures[frame].Data + (y * _pictures[frame].Step)) + ((long)x * order.Channels), length * order.Channels);
}
