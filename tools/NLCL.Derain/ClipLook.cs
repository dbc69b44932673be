using NLCL.Runtime;

namespace NLCL.Derain;

/// <summary>A look at a clip's scale that goes on beside other work.</summary>
sealed class ClipLook : IDisposable
{
    readonly CancellationTokenSource _stop;
    readonly Task<int> _scale;

    /// <summary>Begins.</summary>
    /// <param name="clip">A file.</param>
    /// <param name="open">Opens the derainer of a scale; called from another thread.</param>
    /// <param name="options">As it will be derained.</param>
    /// <param name="cancellation">Ends it.</param>
    public ClipLook(string clip, Func<int, Derainer> open, VideoOptions options, CancellationToken cancellation)
    {
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        _scale = Task.Run(() => VideoDerainer.ScaleOf(clip, open, options, _stop.Token), CancellationToken.None);
    }

    /// <summary>What <see cref="VideoDerainer.ScaleOf(string, Func{int, Derainer}, VideoOptions, CancellationToken)"/> found; waits for it. Throws what it throws.</summary>
    public int Scale => _scale.GetAwaiter().GetResult();

    /// <summary>Ends it, its processes included.</summary>
    public void Dispose()
    {
        _stop.Cancel();
        Task.WaitAny(_scale); // unlike Wait, without its exception
        _stop.Dispose();
    }
}
