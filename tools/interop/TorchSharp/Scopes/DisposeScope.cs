using System;
using System.Collections.Generic;
using System.Linq;

namespace TorchSharp;

/// <summary>Holds what was created while it was the innermost scope of its thread, and disposes of it together.</summary>
public sealed class DisposeScope : IDisposable
{
    DisposeScopeManager? _manager;
    HashSet<IDisposable> _disposables = new(ReferenceEqualityComparer.Instance);

    internal DisposeScope(DisposeScopeManager manager)
    {
        _manager = manager;
        OuterScope = manager.Current;
    }

    internal DisposeScope? OuterScope { get; set; }

    public IReadOnlyList<IDisposable> DisposablesView
    {
        get
        {
            Living();
            return [.. _disposables];
        }
    }

    public int DisposablesCount
    {
        get
        {
            Living();
            return _disposables.Count;
        }
    }

    public T MoveToOuter<T>(T disposable) where T : IDisposable
    {
        MoveToOther(OuterScope, [disposable]);
        return disposable;
    }

    public (T1 first, T2 second) MoveToOuter<T1, T2>(T1 first, T2 second) where T1 : IDisposable where T2 : IDisposable
    {
        MoveToOther(OuterScope, [first, second]);
        return (first, second);
    }

    public (T1 first, T2 second, T3 third) MoveToOuter<T1, T2, T3>(T1 first, T2 second, T3 third)
        where T1 : IDisposable where T2 : IDisposable where T3 : IDisposable
    {
        MoveToOther(OuterScope, [first, second, third]);
        return (first, second, third);
    }

    public void MoveToOuter(params IDisposable[] disposables) => MoveToOther(OuterScope, disposables);

    public void MoveToOuter(IEnumerable<IDisposable> disposables) => MoveToOther(OuterScope, disposables);

    public T MoveToOther<T>(DisposeScope? scope, T disposable) where T : IDisposable
    {
        MoveToOther(scope, [disposable]);
        return disposable;
    }

    public void MoveToOther(DisposeScope? scope, params IDisposable[] disposables) =>
        MoveToOther(scope, (IEnumerable<IDisposable>)disposables);

    public void MoveToOther(DisposeScope? scope, IEnumerable<IDisposable> disposables)
    {
        Living();
        if (scope is null)
        {
            Detach(disposables);
            return;
        }
        foreach (var disposable in disposables)
        {
            if (_disposables.Remove(disposable))
            {
                scope.Own(disposable);
            }
        }
    }

    public T Detach<T>(T disposable) where T : IDisposable
    {
        Detach((IEnumerable<IDisposable>)[disposable]);
        return disposable;
    }

    public (T1 first, T2 second) Detach<T1, T2>(T1 first, T2 second) where T1 : IDisposable where T2 : IDisposable
    {
        Detach((IEnumerable<IDisposable>)[first, second]);
        return (first, second);
    }

    public void Detach(params IDisposable[] disposables) => Detach((IEnumerable<IDisposable>)disposables);

    public void Detach(IEnumerable<IDisposable> disposables)
    {
        var manager = Living();
        foreach (var disposable in disposables)
        {
            if (_disposables.Remove(disposable) && disposable is torch.Tensor tensor)
            {
                manager.Tensors.DetachedFromScopeCount++;
                tensor.OwningDisposeScope = null;
            }
        }
    }

    public void Attach(IDisposable disposable) => Attach((IEnumerable<IDisposable>)[disposable]);

    public void Attach(params IDisposable[] disposables) => Attach((IEnumerable<IDisposable>)disposables);

    public IReadOnlyList<IDisposable> Attach(IEnumerable<IDisposable> disposables)
    {
        var manager = Living();
        List<IDisposable> attached = [.. disposables];
        foreach (var disposable in attached)
        {
            if (Own(disposable) && disposable is torch.Tensor)
            {
                manager.Tensors.AttachedToScopeCount++;
            }
        }
        return attached;
    }

    public void DisposeEverything() => DisposeEverythingBut(Enumerable.Empty<IDisposable>());

    public void DisposeEverythingBut(IEnumerable<IDisposable> inKeep)
    {
        Living();
        var old = _disposables;
        _disposables = inKeep.ToHashSet<IDisposable>(ReferenceEqualityComparer.Instance);
        foreach (var disposable in old)
        {
            if (!_disposables.Contains(disposable))
            {
                disposable.Dispose();
            }
        }
    }

    public void DisposeEverythingBut(params IDisposable[] keep) => DisposeEverythingBut((IEnumerable<IDisposable>)keep);

    public T DisposeEverythingBut<T>(T keep) where T : IDisposable
    {
        DisposeEverythingBut((IEnumerable<IDisposable>)[keep]);
        return keep;
    }

    public void Dispose()
    {
        if (_manager is not { } manager)
        {
            return;
        }
        DisposeEverything();
        manager.Remove(this);
        _manager = null;
    }

    /// <summary>Called by a tensor that is being disposed.</summary>
    public void MarkAsDisposed(IDisposable disposable)
    {
        var manager = Living();
        _disposables.Remove(disposable);
        if (disposable is torch.Tensor tensor)
        {
            manager.Tensors.DisposedInScopeCount++;
            tensor.OwningDisposeScope = null;
        }
    }

    public bool Contains(IDisposable disposable)
    {
        Living();
        return _disposables.Contains(disposable);
    }

    internal void Include(IDisposable disposable) => _disposables.Add(disposable);

    bool Own(IDisposable disposable)
    {
        if (!_disposables.Add(disposable))
        {
            return false;
        }
        if (disposable is torch.Tensor tensor)
        {
            tensor.OwningDisposeScope?._disposables.Remove(tensor);
            tensor.OwningDisposeScope = this;
        }
        return true;
    }

    DisposeScopeManager Living() => _manager ?? throw new ObjectDisposedException(GetType().FullName);
}
