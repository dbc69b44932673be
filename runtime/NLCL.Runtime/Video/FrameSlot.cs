namespace NLCL.Runtime;

/// <summary>One frame on its way through the pipeline; a fixed number of slots goes round and round.</summary>
sealed class FrameSlot(int frameBytes) : IDisposable
{
    readonly NativeBuffer _samples = new(frameBytes);

    /// <summary>The rainy frame, later the background: planes as <see cref="YuvFormat"/> says, or packed BGR from OpenCV.</summary>
    public Span<byte> Samples => _samples.Bytes;

    /// <summary>Presentation time in ticks of the clip's time base.</summary>
    public long Pts { get; set; }

    /// <summary>Number of the segment that the frame belongs to, where the output is written in segments.</summary>
    public long Segment { get; set; }

    /// <summary>See <see cref="FrameMark"/>; set where the output is written in segments.</summary>
    public long Mark { get; set; }

    /// <summary>Time and mark of the frame before; null for the first one.</summary>
    public (long Pts, long Mark)? Before { get; set; }

    public void Dispose() => _samples.Dispose();
}
