using Microsoft.ML.OnnxRuntime;

namespace NLCL.Runtime;

/// <summary>A session, and how its runs are bound. Counts the contexts that use it; <see cref="RunContextPool"/> closes it when none does.</summary>
sealed class ShapeSession(SessionFactory factory, InferenceSession session) : IDisposable
{
    readonly Lock _oneAtATime = new();

    public SessionFactory Factory => factory;

    public InferenceSession Session => session;

    /// <summary>Contexts, idle ones included. Guarded by the pool's gate.</summary>
    public int Contexts { get; set; }

    /// <summary>No longer offered to new contexts. Guarded by the pool's gate.</summary>
    public bool Retired { get; set; }

    public ITensorBinding Bind(NativeBuffer input, NativeBuffer output, TileShape shape) => factory.Device is { } device
        ? new DeviceBinding(OrtEnv.Instance(), session, device, input, output, shape, factory.CapturesGraphs ? _oneAtATime : null)
        : new HostBinding(session, factory.Provider.SharesHostMemory, input, output, shape);

    public void Dispose() => session.Dispose();
}
