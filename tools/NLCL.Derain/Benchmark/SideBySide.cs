using NLCL.Runtime;

namespace NLCL.Derain;

/// <summary>
/// Frames through the network as a clip's go: several at a time, by callers of their own. On a processor each has its planes; a GPU gets frames as they
/// lie in memory, and is measured with all that their way to it and back costs.
/// </summary>
sealed class SideBySide : IDisposable
{
    /// <summary>As the runtime has it on a processor (DECISIONS.md, 27); beside a GPU more callers than keep it at work, for each copies its frames in and out.</summary>
    const int MostOnCpu = 4, MostBesideGpu = 8;

    readonly Derainer _derainer;
    readonly Derainer? _share;
    readonly Action[] _callers;

    /// <param name="derainer">Derains.</param>
    /// <param name="size">Of the frames.</param>
    /// <param name="pixels">Of the frames that a GPU gets.</param>
    public SideBySide(Derainer derainer, FrameSize size, PixelFormat pixels)
    {
        bool onCpu = derainer.Device.Chosen == DeviceKind.Cpu;
        int threads = derainer.Device.Threads, callers = onCpu ? Math.Min(threads, MostOnCpu) : Math.Clamp(Environment.ProcessorCount / 2, 2, MostBesideGpu);
        _derainer = derainer;
        _share = onCpu && callers > 1 ? Derainer.Open(derainer.Model, new DerainerOptions { Device = DeviceKind.Cpu, Threads = (threads + callers - 1) / callers }) : null;
        _callers = [.. Enumerable.Range(0, callers).Select(caller => onCpu ? WithPlanes(size) : WithFrames(new FrameFormat(size.Width, size.Height, pixels), caller))];
    }

    public void Derain(int frames, CancellationToken cancellation)
    {
        int left = frames;
        Thread[] workers = [.. _callers.Select(derain => new Thread(() =>
        {
            while (Interlocked.Decrement(ref left) >= 0 && !cancellation.IsCancellationRequested) { derain(); }
        }))];
        Array.ForEach(workers, worker => worker.Start());
        Array.ForEach(workers, worker => worker.Join());
        cancellation.ThrowIfCancellationRequested();
    }

    public void Dispose() => _share?.Dispose();

    Action WithPlanes(FrameSize size)
    {
        float[] rainy = new float[3 * size.Pixels], background = new float[rainy.Length];
        return () => (_share ?? _derainer).Derain(rainy, background, size.Width, size.Height, CancellationToken.None);
    }

    Action WithFrames(FrameFormat format, int seed)
    {
        byte[] rainy = new byte[format.Bytes], background = new byte[rainy.Length];
        new Random(seed).NextBytes(rainy);
        return () => _derainer.Derain(rainy, background, format, cancellationToken: CancellationToken.None);
    }
}
