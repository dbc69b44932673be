namespace NLCL.Runtime;

/// <summary>Frames between two stages. Whoever adds them may do so in any order: they are taken in the order of their turns.</summary>
/// <param name="slots">Frames in the pipeline: no turn is further ahead of the next one to be taken.</param>
sealed class FrameQueue(int slots) : IDisposable
{
    readonly Lock _gate = new();
    readonly SemaphoreSlim _ready = new(0);
    readonly FrameSlot?[] _waiting = new FrameSlot?[slots];
    long _next;
    long _released;
    bool _closed;

    /// <param name="turn">0, 1, … without a gap, each once.</param>
    /// <param name="slot">The frame.</param>
    public void Add(long turn, FrameSlot slot)
    {
        lock (_gate)
        {
            _waiting[turn % slots] = slot;
            while (_released < _next + slots && _waiting[_released % slots] is not null)
            {
                _released++;
                _ready.Release();
            }
        }
    }

    /// <summary>No frame comes after those that were added.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _closed = true;
            _ready.Release();
        }
    }

    /// <summary>Waits for the next turn's frame.</summary>
    /// <returns>Null: closed, and all were taken.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public (long Turn, FrameSlot Slot)? Take(CancellationToken cancellationToken)
    {
        _ready.Wait(cancellationToken);
        lock (_gate)
        {
            if (_next == _released && _closed)
            {
                _ready.Release(); // for the next one who asks
                return null;
            }

            var turn = _next++;
            var slot = _waiting[turn % slots]!;
            _waiting[turn % slots] = null;
            return (turn, slot);
        }
    }

    public void Dispose() => _ready.Dispose();
}
