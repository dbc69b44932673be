using System.Diagnostics.CodeAnalysis;

namespace NLCL.Runtime;

public sealed partial class Derainer
{
    // On a processor. Each takes memory of its own, and with more of them little is left to gain.
    const int MostSideBySide = 4;

    // Beside a GPU. Two keep it at work; more of them convert, for a 1080p frame takes a core about four times as long as the GPU.
    const int LeastBesideGpu = 2, MostBesideGpu = 8;

    /// <summary>
    /// The network for the frames of a clip. On a processor frames go through it side by side, each on its share of the threads: threads that share a
    /// frame wait for each other after every operator (DECISIONS.md, 27). A GPU computes one while others are copied and converted.
    /// </summary>
    internal FrameNetwork ForClips() =>
        Device.Chosen != DeviceKind.Cpu ? new FrameNetwork(Math.Clamp(Environment.ProcessorCount / 2, LeastBesideGpu, MostBesideGpu), CreatePlanes, Contract.Frames, OnGpu: true, ForSamples())
        : new FrameNetwork(SideBySide, (width, height) => _sideBySide.Value.CreatePlanes(width, height), Contract.Frames, Samples: ForSamples());

    int SideBySide => Math.Min(Device.Threads, MostSideBySide);

    [SuppressMessage("Reliability", "CA2000", Justification = "The derainer owns the session.")]
    Derainer OpenSideBySide()
    {
        var options = _options with
        {
            Device = DeviceKind.Cpu,
            Precision = ModelPrecision.Auto,
            // The model is at its scale, and mirrors.
            Scale = 1,
            Mirrored = false,
            Threads = (Device.Threads + SideBySide - 1) / SideBySide,
            MaxTilePixels = _options.MaxTilePixelsOfClips(SideBySide, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes),
        };
        if (Model.RainAlone() is { } rain)
        {
            var open = DeviceSelection.Open(new ModelVariants(rain, mayLookBeside: false), options);
            if (RainGraph.GivesOneChannel(open.Session.Session))
            {
                return new Derainer(open, options);
            }
            open.Session.Dispose();
        }
        return new Derainer(DeviceSelection.Open(new ModelVariants(Model, mayLookBeside: false), options), options);
    }

    /// <summary>A frame, or its window as <see cref="WindowPlanes"/> has it, aligned.</summary>
    /// <param name="seen">What the network sees.</param>
    /// <param name="given">What it gives: see <see cref="IFramePlanes.Given"/>.</param>
    /// <param name="width">In pixels.</param>
    /// <param name="height">In pixels.</param>
    /// <param name="cancellationToken">Stops within one operator of the network.</param>
    void DerainSeen(ReadOnlySpan<float> seen, Span<float> given, int width, int height, CancellationToken cancellationToken)
    {
        if (Model.GivesRain)
        {
            DerainSeen(seen, new RainTarget(given, width), width, height, cancellationToken);
        }
        else
        {
            DerainSeen(seen, new PlanarTarget(given, width, height), width, height, cancellationToken);
        }
    }

    void DerainSeen<TTarget>(ReadOnlySpan<float> seen, TTarget target, int width, int height, CancellationToken cancellationToken)
        where TTarget : IPixelTarget, allows ref struct
    {
        var done = 0;
        bool finished;
        do
        {
            var grid = GridFor(width, height);
            finished = Contract.Frames == 1
                ? TryRun(new PlanarSource(seen, width, height), target, grid, 1, ref done, cancellationToken)
                : TryRun(PlanarWindow.Aligned(seen, width, height), target, grid, 1, ref done, cancellationToken);
        }
        while (!finished);
    }

    /// <summary>
    /// Planes of one frame for a pipeline. Where the network takes the frame whole and without padding, they are its tensors themselves, or what a
    /// GPU copies from and to: the frame is copied neither in nor out.
    /// </summary>
    [SuppressMessage("Reliability", "CA2000", Justification = "The context goes to the caller inside its planes.")]
    internal IFramePlanes CreatePlanes(int width, int height)
    {
        var grid = GridFor(width, height);
        return grid.Count == 1 && grid.TilePixels == (long)width * height
            ? new BoundPlanes(this, _pool.Rent(new TileShape(1, width, height, Contract.Frames, GivesRain: Model.GivesRain)), width, height)
            : new LoosePlanes(DerainSeen, width, height, Contract.Frames, Model.GivesRain);
    }

    sealed class BoundPlanes(Derainer owner, RunContext context, int width, int height) : IFramePlanes
    {
        public Span<float> Seen => context.Input(0);

        public Span<float> Given => context.Output(0);

        public bool GivesRain => owner.Model.GivesRain;

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
            owner.DerainSeen(Seen, Given, width, height, cancellationToken);
        }

        // A clip has many frames in flight; whoever keeps the derainer shall not keep their memory.
        public void Dispose() => owner._pool.Return(context, keep: false);
    }
}
