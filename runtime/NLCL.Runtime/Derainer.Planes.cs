using System.Diagnostics.CodeAnalysis;

namespace NLCL.Runtime;

public sealed partial class Derainer
{
    // On a processor. Each takes memory of its own, and with more of them little is left to gain.
    const int MostSideBySide = 4;

    // Enough for a GPU not to wait while a processor converts.
    const int BesideGpu = 3;

    readonly Lock _gpu = new();

    /// <summary>
    /// The network for the frames of a clip. On a processor frames go through it side by side, each on its share of the threads: threads that share a
    /// frame wait for each other after every operator (DECISIONS.md, 27). A GPU takes one frame at a time.
    /// </summary>
    internal FrameNetwork ForClips() =>
        Device.Chosen != DeviceKind.Cpu ? new FrameNetwork(BesideGpu, (width, height) => new LoosePlanes(OneAtATime, width, height, Contract.Frames), Contract.Frames)
        : Device.Threads == 1 ? new FrameNetwork(1, CreatePlanes, Contract.Frames)
        : new FrameNetwork(SideBySide, (width, height) => _sideBySide.Value.CreatePlanes(width, height), Contract.Frames);

    int SideBySide => Math.Min(Device.Threads, MostSideBySide);

    [SuppressMessage("Reliability", "CA2000", Justification = "The derainer owns the session.")]
    Derainer OpenSideBySide()
    {
        var options = _options with { Device = DeviceKind.Cpu, Precision = ModelPrecision.Auto, Threads = (Device.Threads + SideBySide - 1) / SideBySide };
        return new Derainer(DeviceSelection.Open(new ModelVariants(Model, mayLookBeside: false), options), options);
    }

    void OneAtATime(ReadOnlySpan<float> rainy, Span<float> background, int width, int height, CancellationToken cancellationToken)
    {
        lock (_gpu)
        {
            DerainSeen(rainy, background, width, height, cancellationToken);
        }
    }

    /// <summary>A frame, or its window as <see cref="WindowPlanes"/> has it, aligned.</summary>
    void DerainSeen(ReadOnlySpan<float> seen, Span<float> background, int width, int height, CancellationToken cancellationToken)
    {
        if (Contract.Frames == 1)
        {
            Derain(seen, background, width, height, cancellationToken);
        }
        else
        {
            var length = background.Length;
            DerainWindow(seen[..length], seen.Slice(length, length), seen[(2 * length)..], background, width, height, isAligned: true, cancellationToken);
        }
    }

    /// <summary>
    /// Planes of one frame for a pipeline. Where the network works in the host's memory and takes the frame whole and without padding,
    /// they are its tensors themselves: the frame is copied neither in nor out.
    /// </summary>
    [SuppressMessage("Reliability", "CA2000", Justification = "The context goes to the caller inside its planes.")]
    internal IFramePlanes CreatePlanes(int width, int height)
    {
        var grid = GridFor(width, height);
        return _pool.SharesHostMemory && grid.Count == 1 && grid.TilePixels == (long)width * height
            ? new BoundPlanes(this, _pool.Rent(new TileShape(1, width, height, Contract.Frames)), width, height)
            : new LoosePlanes(DerainSeen, width, height, Contract.Frames);
    }

    sealed class BoundPlanes(Derainer owner, RunContext context, int width, int height) : IFramePlanes
    {
        public Span<float> Seen => context.Input(0);

        public Span<float> Background => context.Output(0);

        public void Derain(CancellationToken cancellationToken)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var grid = owner.GridFor(width, height);
            try
            {
                if (grid.Count == 1)
                {
                    context.Run(cancellationToken);
                    return;
                }
            }
            catch (Exception e) when (MemoryShortage.Is(e) && owner.Reduce(grid, e))
            {
                // In smaller tiles below.
            }
            owner.DerainSeen(Seen, Background, width, height, cancellationToken);
        }

        // A clip has many frames in flight; whoever keeps the derainer shall not keep their memory.
        public void Dispose() => owner._pool.Return(context, keep: false);
    }
}
