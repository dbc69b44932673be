using System.Diagnostics;
using System.Runtime.ExceptionServices;

namespace NLCL.Runtime;

/// <summary>One part of a stage's work on a frame, timed by itself. The first part of a pipeline returns false when there are no more frames.</summary>
/// <param name="Name">For the report.</param>
/// <param name="Work">Takes the frame, and the number of the thread within its stage.</param>
sealed record FramePart(string Name, Func<FrameSlot, int, bool> Work);

/// <summary>What a frame is put through before it is handed on, by so many threads at a time.</summary>
sealed record FrameStage(int Threads, params FramePart[] Parts)
{
    /// <summary>One thread, one part.</summary>
    public static FrameStage Single(string name, Func<FrameSlot, bool> work) => new(1, new FramePart(name, (slot, _) => work(slot)));
}

/// <summary>
/// Stages at work at the same time, each on threads of its own, frames handed on in order. A fixed number of slots goes
/// round, so a slow stage holds the others back and memory stays the same however long the clip is.
/// </summary>
sealed class FramePipeline : IDisposable
{
    // How long a stopped stage may wait for somebody else's end of a pipe.
    static readonly TimeSpan s_patience = TimeSpan.FromSeconds(1);

    readonly IReadOnlyList<FrameStage> _stages;
    readonly FrameQueue[] _queues;
    readonly FrameSlot[] _slots;
    readonly FrameWindow? _window;
    readonly long[][] _busy;
    readonly int[] _working;
    readonly CancellationTokenSource _stop;
    Exception? _failure;
    bool _abandoned;

    /// <param name="stages">In order; the first and the last with one thread.</param>
    /// <param name="frameBytes">Size of a frame as decoder and encoder see it.</param>
    /// <param name="slots">Frames in memory.</param>
    /// <param name="cancellationToken">Stops all stages.</param>
    /// <param name="window">What the first stage reads through, where the network sees neighbours; the pipeline disposes of it.</param>
    /// <param name="allocate">Gives memory for a frame that suits the network; null: any.</param>
    public FramePipeline(IReadOnlyList<FrameStage> stages, int frameBytes, int slots, CancellationToken cancellationToken, FrameWindow? window = null, Func<int, NativeBuffer>? allocate = null)
    {
        _stages = stages;
        _window = window;
        _busy = [.. stages.Select(stage => new long[stage.Parts.Length])];
        _working = [.. stages.Select(stage => stage.Threads)];
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _slots = [.. Enumerable.Range(0, slots).Select(_ => new FrameSlot(frameBytes, window is null ? 1 : 3, allocate))];
        // Queue i feeds stage i; what leaves the last stage is free for the first one.
        _queues = [.. stages.Select(_ => new FrameQueue(slots))];
        foreach (var (turn, slot) in _slots.Index())
        {
            _queues[0].Add(turn, slot);
        }
    }

    /// <summary>Is cancelled by the caller's token and by the first failure.</summary>
    public CancellationToken Stopping => _stop.Token;

    /// <summary>Working time of each part, over all threads.</summary>
    public IReadOnlyList<VideoStage> Times =>
        [.. _stages.SelectMany((stage, i) => stage.Parts.Select((part, k) => new VideoStage(part.Name, Stopwatch.GetElapsedTime(0, Volatile.Read(ref _busy[i][k])))))];

    /// <summary>Runs until the first stage says that there is no more and the last stage has seen all.</summary>
    /// <exception cref="OperationCanceledException">The caller's token was cancelled.</exception>
    public void Run(CancellationToken cancellationToken)
    {
        List<(Thread Thread, bool IsOutside)> threads = [];
        for (var i = 0; i < _stages.Count; i++)
        {
            for (var k = 0; k < _stages[i].Threads; k++)
            {
                var (stage, worker) = (i, k);
                var thread = new Thread(() => Guard(() => Serve(stage, worker))) { IsBackground = true, Name = "nlcl " + _stages[i].Parts[0].Name };
                threads.Add((thread, i == 0 || i == _stages.Count - 1));
                thread.Start();
            }
        }

        foreach (var (thread, isOutside) in threads)
        {
            Await(thread, isOutside);
        }

        ThrowIfStopped(cancellationToken);
    }

    /// <summary>Throws what stopped the pipeline, if anything did.</summary>
    public void ThrowIfStopped(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (Volatile.Read(ref _failure) is { } failure)
        {
            ExceptionDispatchInfo.Throw(failure);
        }
    }

    /// <summary>Stops all stages; the first failure is the one that is reported.</summary>
    public void Fail(Exception failure)
    {
        if (Interlocked.CompareExchange(ref _failure, failure, null) is null)
        {
            _stop.Cancel();
        }
    }

    public void Dispose()
    {
        // A thread that was left waiting may still write into a slot one day: better lose the memory.
        if (_abandoned)
        {
            return;
        }

        foreach (var slot in _slots)
        {
            slot.Dispose();
        }

        _window?.Dispose();
        foreach (var queue in _queues)
        {
            queue.Dispose();
        }

        _stop.Dispose();
    }

    // Reading standard input and writing standard output cannot be ended from here; all else can, and is waited for.
    void Await(Thread thread, bool isOutside)
    {
        while (!thread.Join(isOutside && _stop.IsCancellationRequested ? s_patience : TimeSpan.FromMilliseconds(50)))
        {
            if (isOutside && _stop.IsCancellationRequested && !thread.Join(s_patience))
            {
                _abandoned = true;
                return;
            }
        }
    }

    void Serve(int index, int worker)
    {
        var stage = _stages[index];
        var next = _queues[(index + 1) % _queues.Length];
        // The queue of free slots counts on from those that were put in at the start.
        var ahead = index + 1 == _queues.Length ? _slots.Length : 0;
        while (_queues[index].Take(_stop.Token) is var (turn, slot) && Work(stage, index, worker, slot))
        {
            next.Add(turn + ahead, slot);
        }

        // The free slots' queue stays open: the first stage has left by then.
        if (Interlocked.Decrement(ref _working[index]) == 0 && index + 1 < _queues.Length)
        {
            next.Close();
        }
    }

    bool Work(FrameStage stage, int index, int worker, FrameSlot slot)
    {
        for (var part = 0; part < stage.Parts.Length; part++)
        {
            var start = Stopwatch.GetTimestamp();
            var more = stage.Parts[part].Work(slot, worker);
            Interlocked.Add(ref _busy[index][part], Stopwatch.GetTimestamp() - start);
            if (!more)
            {
                return false;
            }
        }

        return true;
    }

    void Guard(Action work)
    {
        try
        {
            work();
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // Another stage failed, or the caller cancelled: Run tells which.
        }
#pragma warning disable CA1031 // A thread has nobody to throw to: Run throws it in the caller's thread.
        catch (Exception e)
#pragma warning restore CA1031
        {
            Fail(e);
        }
    }
}
