using System;

namespace TorchSharp;

/// <summary>The scopes of one thread.</summary>
public class DisposeScopeManager
{
    [ThreadStatic]
    static DisposeScopeManager? s_ofThread;

    internal static DisposeScopeManager ThreadSingleton => s_ofThread ??= new();

    public static ThreadDisposeScopeStatistics Statistics => ThreadSingleton.StatisticsInstance;

    internal ThreadDisposeScopeStatistics StatisticsInstance { get; } = new();

    internal LifetimeStatistics Tensors => StatisticsInstance.TensorStatistics;

    internal DisposeScope? Current { get; private set; }

    internal DisposeScope? Register(torch.Tensor tensor)
    {
        if (Current is not { } scope)
        {
            Tensors.CreatedOutsideScopeCount++;
            return null;
        }
        Tensors.CreatedInScopeCount++;
        scope.Include(tensor);
        return scope;
    }

    internal DisposeScope Enter() => Current = new(this);

    /// <summary>Scopes may be disposed of in any order: what lies inside a removed one moves out by one.</summary>
    internal void Remove(DisposeScope scope)
    {
        if (ReferenceEquals(Current, scope))
        {
            Current = scope.OuterScope;
            return;
        }
        for (var inner = Current; inner is not null; inner = inner.OuterScope)
        {
            if (ReferenceEquals(inner.OuterScope, scope))
            {
                inner.OuterScope = scope.OuterScope;
                return;
            }
        }
    }
}

public static partial class torch
{
    public static DisposeScope NewDisposeScope() => DisposeScopeManager.ThreadSingleton.Enter();

    public static DisposeScope? CurrentDisposeScope => DisposeScopeManager.ThreadSingleton.Current;

    public static Tensor WrappedTensorDisposeScope(Func<Tensor> expr)
    {
        using var scope = NewDisposeScope();
        return expr().MoveToOuterDisposeScope();
    }
}
