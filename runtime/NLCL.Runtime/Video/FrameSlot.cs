namespace NLCL.Runtime;

/// <summary>One frame on its way through the pipeline; a fixed number of slots goes round and round.</summary>
/// <param name="frameBytes">Size of a frame as source and sink see it.</param>
/// <param name="window">Frames that the network sees to make one: with more than one there is room for the neighbours.</param>
/// <param name="allocate">Gives memory for the frame that suits the network; null: any.</param>
sealed class FrameSlot(int frameBytes, int window = 1, Func<int, NativeBuffer>? allocate = null) : IDisposable
{
    NativeBuffer _samples = allocate?.Invoke(frameBytes) ?? new(frameBytes);
    NativeBuffer? _previous = window > 1 ? new(frameBytes) : null;
    readonly NativeBuffer? _next = window > 1 ? new(frameBytes) : null;

    /// <summary>The rainy frame, later the background: planes as <see cref="YuvFormat"/> says, or packed BGR from OpenCV.</summary>
    public Span<byte> Samples => _samples.Bytes;

    /// <summary>Where they lie.</summary>
    public NativeBuffer Memory => _samples;

    /// <summary>The rainy frame before, where <see cref="HasPrevious"/>.</summary>
    public Span<byte> Previous => _previous!.Bytes;

    /// <summary>The rainy frame after, where <see cref="HasNext"/>.</summary>
    public Span<byte> Next => _next!.Bytes;

    /// <summary>The network sees neighbours, and the frame before is one.</summary>
    public bool HasPrevious { get; set; }

    /// <summary>The network sees neighbours, and the frame after is one.</summary>
    public bool HasNext { get; set; }

    /// <summary>Presentation time in ticks of the clip's time base.</summary>
    public long Pts { get; set; }

    /// <summary>Number of the segment that the frame belongs to, where the output is written in segments.</summary>
    public long Segment { get; set; }

    /// <summary>See <see cref="FrameMark"/>; set where the output is written in segments.</summary>
    public long Mark { get; set; }

    /// <summary>Time and mark of the frame before; null for the first one.</summary>
    public (long Pts, long Mark)? Before { get; set; }

    /// <summary>Read for its neighbours' sake: it is done already, or another's to do.</summary>
    public bool IsPassedOver { get; set; }

    /// <summary>It comes behind the frame that was read before it, with none left out.</summary>
    public bool Follows { get; set; }

    /// <summary>It shows what the frame before it shows.</summary>
    public bool IsRepeat { get; set; }

    /// <summary>Takes over what another slot holds of its frame; that one gets this one's memory for the next.</summary>
    public void Take(FrameSlot other)
    {
        (_samples, other._samples) = (other._samples, _samples);
        (Pts, Segment, Mark, Before) = (other.Pts, other.Segment, other.Mark, other.Before);
    }

    /// <summary>Gives its samples away for other memory.</summary>
    public void GiveSamples(ref NativeBuffer memory) => (_samples, memory) = (memory, _samples);

    /// <summary>Takes over a frame as the one before; its owner gets this slot's memory for the next.</summary>
    public void TakePrevious(ref NativeBuffer samples) => (_previous, samples) = (samples, _previous!);

    public void Dispose()
    {
        _samples.Dispose();
        _previous?.Dispose();
        _next?.Dispose();
    }
}
