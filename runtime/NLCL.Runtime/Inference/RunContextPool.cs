using Microsoft.ML.OnnxRuntime;

namespace NLCL.Runtime;

/// <summary>
/// Owns the session and one <see cref="RunContext"/> per caller that ever ran at the same time. Disposing waits for nobody:
/// the last run out closes the session.
/// </summary>
sealed class RunContextPool(InferenceSession session, bool sharesHostMemory) : IDisposable
{
    readonly Lock _gate = new();
    readonly List<RunContext> _idle = [];
    int _rented;
    bool _disposed;

    /// <summary>A context prepared for the size; give it back with <see cref="Return"/>.</summary>
    public RunContext Rent(int width, int height)
    {
        var context = Next(width, height);
        try
        {
            context.Prepare(width, height);
            return context;
        }
        catch
        {
            Return(context);
            throw;
        }
    }

    public void Return(RunContext context)
    {
        lock (_gate)
        {
            _rented--;
            _idle.Add(context);
            if (_disposed && _rented == 0)
            {
                Close();
            }
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            if (!_disposed)
            {
                _disposed = true;
                if (_rented == 0)
                {
                    Close();
                }
            }
        }
    }

    RunContext Next(int width, int height)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, typeof(Derainer));
            var index = _idle.Count - 1;
            for (var i = index; i >= 0; i--)
            {
                if (_idle[i].Width == width && _idle[i].Height == height)
                {
                    index = i;
                    break;
                }
            }
            _rented++;
            if (index < 0)
            {
                return new RunContext(session, sharesHostMemory);
            }
            var context = _idle[index];
            _idle.RemoveAt(index);
            return context;
        }
    }

    void Close()
    {
        foreach (var context in _idle)
        {
            context.Dispose();
        }
        _idle.Clear();
        session.Dispose();
    }
}
