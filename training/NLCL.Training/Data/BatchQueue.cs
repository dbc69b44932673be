namespace NLCL.Training;

/// <summary>Makes things ahead of their use on worker threads and hands them out in order. Used from one thread.</summary>
/// <typeparam name="T">What is made.</typeparam>
sealed class BatchQueue<T> : IDisposable
{
    readonly Func<long, T> _create;
    readonly Queue<Task<T>> _ahead = [];
    readonly SemaphoreSlim _workers;
    readonly CancellationTokenSource _stop = new();
    readonly int _depth;
    long _next;

    /// <summary>Starts the work.</summary>
    /// <param name="create">Makes the thing of an index; called on several threads at once.</param>
    /// <param name="first">First index.</param>
    /// <param name="workers">Most calls at the same time; 0: no thread, each thing is made when it is taken.</param>
    /// <param name="depth">Most things that are finished or under way.</param>
    public BatchQueue(Func<long, T> create, long first, int workers, int depth)
    {
        (_create, _next, _depth) = (create, first, workers == 0 ? 0 : Math.Max(depth, workers));
        _workers = new SemaphoreSlim(Math.Max(workers, 1));
        Refill();
    }

    /// <summary>The next thing in order; waits for it. What its making threw is thrown here.</summary>
    public T Take(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_depth == 0) { return _create(_next++); }
        Task<T> first = _ahead.Dequeue();
        Refill();
        return first.WaitAsync(cancellationToken).GetAwaiter().GetResult();
    }

    /// <summary>Stops, and waits for the calls under way: they use pictures that the owner disposes next.</summary>
    public void Dispose()
    {
        _stop.Cancel();
        foreach (Task<T> task in _ahead)
        {
            ((IAsyncResult)task).AsyncWaitHandle.WaitOne();
        }
        _stop.Dispose();
        _workers.Dispose();
    }

    void Refill()
    {
        while (_ahead.Count < _depth)
        {
            long index = _next++;
            _ahead.Enqueue(Task.Run(() => CreateAsync(index)));
        }
    }

    async Task<T> CreateAsync(long index)
    {
        await _workers.WaitAsync(_stop.Token);
        try { return _create(index); }
        finally { _workers.Release(); }
    }
}
