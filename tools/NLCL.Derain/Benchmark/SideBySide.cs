using NLCL.Runtime;

namespace NLCL.Derain;

/// <summary>Frames through the network as a clip's go: several at a time, by callers of their own, each with its planes.</summary>
sealed class SideBySide : IDisposable
{
    /// <summary>As the runtime has it (DECISIONS.md, 27 and 31).</summary>
    const int MostOnCpu = 4, MostBesideGpu = 8;

    readonly Derainer _derainer;
    readonly Derainer? _share;
    readonly FrameSize _size;
    readonly (float[] Rainy, float[] Background)[] _planes;

    public SideBySide(Derainer derainer, FrameSize size)
    {
        bool onCpu = derainer.Device.Chosen == DeviceKind.Cpu;
        int threads = derainer.Device.Threads, callers = onCpu ? Math.Min(threads, MostOnCpu) : Math.Clamp(Environment.ProcessorCount / 2, 2, MostBesideGpu);
        (_derainer, _size) = (derainer, size);
        _share = onCpu && callers > 1 ? Derainer.Open(derainer.Model, new DerainerOptions { Device = DeviceKind.Cpu, Threads = (threads + callers - 1) / callers }) : null;
        _planes = [.. Enumerable.Range(0, callers).Select(_ => (new float[3 * size.Pixels], new float[3 * size.Pixels]))];
    }

    public void Derain(int frames, CancellationToken cancellation)
    {
        int left = frames;
        Thread[] workers = [.. _planes.Select(planes => new Thread(() =>
        {
            while (Interlocked.Decrement(ref left) >= 0 && !cancellation.IsCancellationRequested)
            {
                (_share ?? _derainer).Derain(planes.Rainy, planes.Background, _size.Width, _size.Height, CancellationToken.None);
            }
        }))];
        Array.ForEach(workers, worker => worker.Start());
        Array.ForEach(workers, worker => worker.Join());
        cancellation.ThrowIfCancellationRequested();
    }

    public void Dispose() => _share?.Dispose();
}
