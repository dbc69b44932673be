namespace NLCL.Runtime;

/// <summary>Where the frames of a clip come from. Used by one thread.</summary>
interface IFrameSource : IDisposable
{
    /// <summary>Format of the frames; known after the first one.</summary>
    NutVideoFormat Format { get; }

    /// <summary>Frames may come as slowly as somebody makes them, and he may wait for what becomes of one: no more than one is read ahead.</summary>
    bool IsLive => false;

    /// <summary>Frames handed out so far.</summary>
    long Frames { get; }

    /// <summary>What was wrong with the source, in one line; null when all went well.</summary>
    string? Complaint { get; }

    /// <summary>Reads the next frame into a slot.</summary>
    /// <returns>False at the end.</returns>
    bool TryRead(FrameSlot slot);

    /// <summary>As <see cref="TryRead"/>, with the frames that it passes over, as <see cref="FrameSlot.IsPassedOver"/> says of each.</summary>
    bool TryReadAny(FrameSlot slot) => TryRead(slot);

    /// <summary>Ends a read that another thread waits in.</summary>
    void Kill();
}

/// <summary>Where the derained frames go. Used by one thread.</summary>
interface IFrameSink : IDisposable
{
    /// <summary>Frames taken so far, with those of earlier runs.</summary>
    long Frames { get; }

    /// <summary>How far the frame that moved most is from its time.</summary>
    TimeSpan LargestShift { get; }

    /// <summary>Takes one frame.</summary>
    void Write(NutVideoFormat format, FrameSlot slot);

    /// <summary>That was all: waits until it is written.</summary>
    void Finish();

    /// <summary>Calls back when the sink fails while nobody writes to it.</summary>
    void OnFailure(Action<Exception> fail);

    /// <summary>Ends a write that another thread waits in.</summary>
    void Kill();
}
