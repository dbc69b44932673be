namespace TorchSharp;

public interface ILifetimeStatistics
{
    long CreatedOutsideScopeCount { get; }

    long DisposedOutsideScopeCount { get; }

    long CreatedInScopeCount { get; }

    long DisposedInScopeCount { get; }

    long AttachedToScopeCount { get; }

    long DetachedFromScopeCount { get; }

    long ThreadTotalLiveCount { get; }

    void Reset();
}

public class LifetimeStatistics : ILifetimeStatistics
{
    public long CreatedOutsideScopeCount { get; internal set; }

    public long DisposedOutsideScopeCount { get; internal set; }

    public long CreatedInScopeCount { get; internal set; }

    public long DisposedInScopeCount { get; internal set; }

    public long AttachedToScopeCount { get; internal set; }

    public long DetachedFromScopeCount { get; internal set; }

    public long ThreadTotalLiveCount =>
        CreatedInScopeCount - DisposedInScopeCount + CreatedOutsideScopeCount - DisposedOutsideScopeCount;

    public void Reset()
    {
        CreatedOutsideScopeCount = 0;
        DisposedOutsideScopeCount = 0;
        CreatedInScopeCount = 0;
        DisposedInScopeCount = 0;
        AttachedToScopeCount = 0;
        DetachedFromScopeCount = 0;
    }

    public override string ToString() =>
        $"ThreadTotalLiveCount: {ThreadTotalLiveCount}; CreatedOutsideScopeCount: {CreatedOutsideScopeCount}; "
        + $"DisposedOutsideScopeCount: {DisposedOutsideScopeCount}; CreatedInScopeCount: {CreatedInScopeCount}; "
        + $"DisposedInScopeCount: {DisposedInScopeCount}; AttachedToScopeCount: {AttachedToScopeCount}; "
        + $"DetachedFromScopeCount: {DetachedFromScopeCount}";
}

/// <summary>What this thread has created and disposed of. Tensors only: the binding has no other native objects in scopes.</summary>
public class ThreadDisposeScopeStatistics : ILifetimeStatistics
{
    internal LifetimeStatistics OfTensors { get; } = new();

    public ILifetimeStatistics TensorStatistics => OfTensors;

    public long CreatedOutsideScopeCount => OfTensors.CreatedOutsideScopeCount;

    public long DisposedOutsideScopeCount => OfTensors.DisposedOutsideScopeCount;

    public long CreatedInScopeCount => OfTensors.CreatedInScopeCount;

    public long DisposedInScopeCount => OfTensors.DisposedInScopeCount;

    public long AttachedToScopeCount => OfTensors.AttachedToScopeCount;

    public long DetachedFromScopeCount => OfTensors.DetachedFromScopeCount;

    public long ThreadTotalLiveCount => OfTensors.ThreadTotalLiveCount;

    public void Reset() => OfTensors.Reset();

    public override string ToString() => OfTensors.ToString();
}
