using Microsoft.ML.OnnxRuntime;

namespace NLCL.Runtime;

/// <summary>
/// A session, made when it is first asked for, and how its runs are bound. Counts the contexts that use it; <see cref="RunContextPool"/>
/// closes it when none does.
/// </summary>
sealed class ShapeSession(SessionFactory factory, Lazy<InferenceSession> session) : IDisposable
{
    readonly Lock _oneAtATime = new();

    /// <summary>A session that is there already.</summary>
    public ShapeSession(SessionFactory factory, InferenceSession session) : this(factory, new Lazy<InferenceSession>(session))
    {
    }

    public SessionFactory Factory => factory;

    /// <exception cref="OnnxRuntimeException">The device refuses the shape.</exception>
    public InferenceSession Session => session.Value;

    /// <summary>Contexts, idle ones and those that still wait for the session included. Guarded by the pool's gate.</summary>
    public int Contexts { get; set; }

    /// <summary>No longer offered to new contexts. Guarded by the pool's gate.</summary>
    public bool Retired { get; set; }

    public ITensorBinding Bind(NativeBuffer input, NativeBuffer output, TileShape shape) => factory.Device is { } device
        ? new DeviceBinding(OrtEnv.Instance(), Session, device, input, output, shape, factory.CapturesGraphs ? _oneAtATime : null)
        : new HostBinding(Session, factory.Provider.SharesHostMemory, input, output, shape);

    public void Dispose()
    {
        if (session.IsValueCreated)
        {
            using var _ = GraphCapture.Beside();
            session.Value.Dispose();
        }
    }
}
