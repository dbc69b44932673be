using NLCL.Runtime;

namespace NLCL.Derain;

/// <summary>A look at a clip's scale that goes on beside other work.</summary>
sealed class ClipLook : IDisposable
{
    readonly CancellationTokenSource _stop;
    readonly Task<int> _scale;

    /// <summary>Begins.</summary>
    public ClipLook(string clip, VideoOptions options, CancellationToken cancellation)
    {
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        _scale = Task.Run(() => VideoDerainer.ScaleOf(clip, options, _stop.Token), CancellationToken.None);
    }

    /// <summary>What was found; waits for it. Throws as <see cref="VideoDerainer.ScaleOf"/> does.</summary>
    public int Scale => _scale.GetAwaiter().GetResult();

    /// <summary>Ends it, its processes included.</summary>
    public void Dispose()
    {
        _stop.Cancel();
        Task.WaitAny(_scale); // unlike Wait, without its exception
        _stop.Dispose();
    }
}
