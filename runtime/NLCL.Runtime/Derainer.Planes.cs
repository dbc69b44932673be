using System.Diagnostics.CodeAnalysis;

namespace NLCL.Runtime;

public sealed partial class Derainer
{
    /// <summary>
    /// Planes of one frame for a pipeline. Where the network works in the host's memory and takes the frame whole and without padding,
    /// they are its tensors themselves: the frame is copied neither in nor out.
    /// </summary>
    [SuppressMessage("Reliability", "CA2000", Justification = "The context goes to the caller inside its planes.")]
    internal IFramePlanes CreatePlanes(int width, int height)
    {
        var grid = GridFor(width, height);
        return _pool.SharesHostMemory && grid.Count == 1 && grid.TilePixels == (long)width * height
            ? new BoundPlanes(this, _pool.Rent(new TileShape(1, width, height)), width, height)
            : new LoosePlanes(Derain, width, height);
    }

    sealed class BoundPlanes(Derainer owner, RunContext context, int width, int height) : IFramePlanes
    {
        public Span<float> Rainy => context.Input(0);

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
            owner.Derain(Rainy, Background, width, height, cancellationToken);
        }

        // A clip has many frames in flight; whoever keeps the derainer shall not keep their memory.
        public void Dispose() => owner._pool.Return(context, keep: false);
    }
}
