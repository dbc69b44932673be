using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.ExceptionServices;

namespace NLCL.Runtime;

/// <summary>One stage: works on a frame; the first stage returns false when there are no more.</summary>
sealed record FrameStage(string Name, Func<FrameSlot, bool> Work);

/// <summary>
/// Stages at work at the same time, each on its own thread, frames handed on in order. A fixed number of slots goes
/// round, so a slow stage holds the others back and memory stays the same however long the clip is.
/// </summary>
sealed class FramePipeline : IDisposable
{
    // How long a stopped stage may wait for somebody else's end of a pipe.
    static readonly TimeSpan s_patience = TimeSpan.FromSeconds(1);

    readonly IReadOnlyList<FrameStage> _stages;
    readonly BlockingCollection<FrameSlot>[] _queues;
    readonly FrameSlot[] _slots;
    readonly long[] _busy;
    readonly CancellationTokenSource _stop;
    Exception? _failure;
    bool _abandoned;

    /// <param name="stages">In order.</param>
    /// <param name="frameBytes">Size of a frame as decoder and encoder see it.</param>
    /// <param name="planes">Makes what the network sees of a frame.</param>
    /// <param name="slots">Frames in memory.</param>
    /// <param name="cancellationToken">Stops all stages.</param>
    public FramePipeline(IReadOnlyList<FrameStage> stages, int frameBytes, Func<IFramePlanes> planes, int slots, CancellationToken cancellationToken)
    {
        _stages = stages;
        _busy = new long[stages.Count];
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _slots = [.. Enumerable.Range(0, slots).Select(_ => new FrameSlot(frameBytes, planes()))];
        // Queue i feeds stage i; what leaves the last stage is free for the first one.
        _queues = [.. stages.Select(_ => new BlockingCollection<FrameSlot>(slots))];
        foreach (var slot in _slots)
        {
            _queues[0].Add(slot, CancellationToken.None);
        }
    }

    /// <summary>Is cancelled by the caller's token and by the first failure.</summary>
    public CancellationToken Stopping => _stop.Token;

    /// <summary>Working time of each stage.</summary>
    public IReadOnlyList<VideoStage> Times => [.. _stages.Select((stage, i) => new VideoStage(stage.Name, Stopwatch.GetElapsedTime(0, _busy[i])))];

    /// <summary>Runs until the first stage says that there is no more and the last stage has seen all.</summary>
    /// <exception cref="OperationCanceledException">The caller's token was cancelled.</exception>
    public void Run(CancellationToken cancellationToken)
    {
        var threads = new Thread[_stages.Count];
        for (var i = 0; i < threads.Length; i++)
        {
            var index = i;
            threads[i] = new Thread(() => Guard(() => Serve(index))) { IsBackground = true, Name = "nlcl " + _stages[i].Name };
            threads[i].Start();
        }

        for (var i = 0; i < threads.Length; i++)
        {
            Await(threads[i], isOutside: i == 0 || i == threads.Length - 1);
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

    void Serve(int index)
    {
        var next = _queues[(index + 1) % _queues.Length];
        var last = index + 1 == _queues.Length;
        foreach (var slot in _queues[index].GetConsumingEnumerable(_stop.Token))
        {
            var start = Stopwatch.GetTimestamp();
            var more = _stages[index].Work(slot);
            _busy[index] += Stopwatch.GetTimestamp() - start;
            if (!more)
            {
                break;
            }

            next.Add(slot, _stop.Token);
        }

        // The free slots' queue stays open: the first stage has left by then.
        if (!last)
        {
            next.CompleteAdding();
        }
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
