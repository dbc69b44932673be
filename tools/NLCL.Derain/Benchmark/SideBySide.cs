using NLCL.Runtime;

namespace NLCL.Derain;

/// <summary>Frames through the network as a clip's go: several at a time, by callers of their own.</summary>
static class SideBySide
{
    /// <summary>As the runtime has it (DECISIONS.md, 27 and 31).</summary>
    const int MostOnCpu = 4, MostBesideGpu = 8;

    public static int Callers(Derainer derainer) => derainer.Device.Chosen == DeviceKind.Cpu
        ? Math.Min(derainer.Device.Threads, MostOnCpu)
        : Math.Clamp(Environment.ProcessorCount / 2, 2, MostBesideGpu);

    public static void Derain(Derainer derainer, FrameSize size, int frames, CancellationToken cancellation)
    {
        int threads = derainer.Device.Threads, callers = Callers(derainer), left = frames;
        using Derainer? share = derainer.Device.Chosen != DeviceKind.Cpu || callers == 1
            ? null
            : Derainer.Open(derainer.Model, new DerainerOptions { Device = DeviceKind.Cpu, Threads = (threads + callers - 1) / callers });
        Thread[] workers = [.. Enumerable.Range(0, callers).Select(_ => new Thread(() =>
        {
            float[] rainy = new float[3 * size.Pixels], background = new float[rainy.Length];
            while (Interlocked.Decrement(ref left) >= 0 && !cancellation.IsCancellationRequested)
            {
                (share ?? derainer).Derain(rainy, background, size.Width, size.Height, CancellationToken.None);
            }
        }))];
        Array.ForEach(workers, worker => worker.Start());
        Array.ForEach(workers, worker => worker.Join());
        cancellation.ThrowIfCancellationRequested();
    }
}
