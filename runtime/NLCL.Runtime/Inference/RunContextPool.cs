using Microsoft.ML.OnnxRuntime;

namespace NLCL.Runtime;

/// <summary>
/// Owns the sessions and one <see cref="RunContext"/> per caller that ever ran at the same time. Disposing waits for nobody:
/// the last run out closes the sessions.
/// </summary>
sealed class RunContextPool(SessionFactory factory, ShapeSession first) : IDisposable
{
    // A clip has one shape, a folder a few; each costs the device a copy of the weights and its captured graphs.
    const int MostSessions = 4;

    readonly Lock _gate = new();
    readonly List<RunContext> _idle = [];
    readonly List<(TileShape Shape, ShapeSession Session)> _sessions = [];
    int _rented;
    bool _disposed;

    /// <summary>A context prepared for the shape; give it back with <see cref="Return"/>.</summary>
    public RunContext Rent(TileShape shape)
    {
        var context = Next(shape);
        try
        {
            context.Prepare(shape);
            return context;
        }
        catch
        {
            Return(context);
            throw;
        }
    }

    /// <param name="context">That <see cref="Rent"/> gave.</param>
    /// <param name="keep">False: give its memory back at once.</param>
    public void Return(RunContext context, bool keep = true)
    {
        lock (_gate)
        {
            _rented--;
            _idle.Add(context);
            if (!keep || context.Session.Retired)
            {
                Drop(context);
            }
            if (_disposed && _rented == 0)
            {
                Close();
            }
        }
    }

    /// <summary>Memory of the host that the device copies fastest.</summary>
    public NativeBuffer Allocate(int bytes) => factory.Allocate(bytes);

    /// <summary>Gives the memory of contexts that wait back.</summary>
    public void DropIdle()
    {
        lock (_gate)
        {
            while (_idle.Count > 0)
            {
                Drop(_idle[^1]);
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

    RunContext Next(TileShape shape)
    {
        ShapeSession session;
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, typeof(Derainer));
            _rented++;
            if (TakeIdle(shape) is { } context)
            {
                return context;
            }
            session = HasOwnSession(shape) ? SessionFor(shape) : first;
            // Counted before the gate opens: nobody may close a session that this caller is about to use.
            session.Contexts++;
        }
        try
        {
            // Outside the gate: a device may take minutes to prepare a shape.
            _ = session.Session;
            return new RunContext(session);
        }
        catch
        {
            Forget(session);
            throw;
        }
    }

    void Forget(ShapeSession failed)
    {
        lock (_gate)
        {
            _rented--;
            failed.Contexts--;
            _sessions.RemoveAll(entry => entry.Session == failed);
        }
    }

    bool HasOwnSession(TileShape shape) => factory.FixesShapes || shape.Samples is not null;

    RunContext? TakeIdle(TileShape shape)
    {
        var mayChange = !HasOwnSession(shape);
        var index = -1;
        for (var i = _idle.Count - 1; i >= 0; i--)
        {
            if (_idle[i].Shape == shape)
            {
                index = i;
                break;
            }
            if (mayChange && index < 0 && _idle[i].Session == first)
            {
                index = i;
            }
        }
        if (index < 0)
        {
            return null;
        }
        var context = _idle[index];
        _idle.RemoveAt(index);
        return context;
    }

    ShapeSession SessionFor(TileShape shape)
    {
        var index = _sessions.FindIndex(entry => entry.Shape == shape);
        var entry = index >= 0 ? _sessions[index] : (shape, new ShapeSession(factory, new Lazy<InferenceSession>(() => factory.Create(shape))));
        if (index >= 0)
        {
            _sessions.RemoveAt(index);
        }
        else if (_sessions.Count == MostSessions)
        {
            Retire(_sessions[0].Session);
            _sessions.RemoveAt(0);
        }
        // The last one used stands last.
        _sessions.Add(entry);
        return entry.Item2;
    }

    void Retire(ShapeSession session)
    {
        session.Retired = true;
        if (session.Contexts == 0)
        {
            session.Dispose();
        }
        foreach (var context in _idle.Where(context => context.Session == session).ToArray())
        {
            Drop(context);
        }
    }

    void Drop(RunContext context)
    {
        _idle.Remove(context);
        context.Dispose();
        var session = context.Session;
        if (--session.Contexts == 0 && session.Retired)
        {
            session.Dispose();
        }
    }

    void Close()
    {
        while (_idle.Count > 0)
        {
            Drop(_idle[^1]);
        }
        foreach (var (_, session) in _sessions)
        {
            Retire(session);
        }
        _sessions.Clear();
        first.Dispose();
    }
}
