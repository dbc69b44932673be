namespace NLCL.Training;

/// <summary>Cost and reach of a <see cref="LeanDerainer"/>, worked out from its options alone.</summary>
/// <param name="options">The network's shape.</param>
sealed class LeanDerainerGeometry(LeanDerainerOptions options)
{
    /// <summary>Multiply-adds of all convolutions of the exported file per input pixel.</summary>
    public double MultiplyAddsPerPixel
    {
        get
        {
            double pixels = options.Block * options.Block;
            double atFine = (9 * ((options.Luma ? 1 : 3) + (options.Frames > 1 ? LeanDerainer.NeighbourMaps : 0)) * pixels * options.FineWidth)
                + (BlockCost(options.FineWidth) * (options.FineEncoderBlocks + options.FineDecoderBlocks))
                + (options.FineDecoderBlocks == 0 ? 9.0 * options.FineWidth * options.FineWidth : 0)
                + (LastKernel * options.FineWidth * pixels * options.RainChannels)
                + (options.Frames > 1 ? NeighbourCost(pixels) : 0);
            double atMiddle = (9 * options.FineWidth * options.MiddleWidth)
                + (BlockCost(options.MiddleWidth) * (options.EncoderBlocks + options.DecoderBlocks))
                + (options.MiddleWidth * options.UpsampledPlaces * options.FineWidth);
            double atCoarse = options.CoarseBlocks == 0 ? 0
                : (9 * options.MiddleWidth * options.CoarseWidth) + (BlockCost(options.CoarseWidth) * options.CoarseBlocks)
                + (options.CoarseWidth * options.UpsampledPlaces * options.MiddleWidth);
            return (atFine + (atMiddle / 4) + (atCoarse / 16)) / pixels;
        }
    }

    /// <summary>
    /// The farthest that an input pixel can lie from an output pixel it matters to, in pixels along one axis. The reach
    /// depends on where the output pixel lies in its block: this is the largest.
    /// </summary>
    public int ReceptiveField =>
        Enumerable.Range(0, options.Block * 4).Max(position =>
        {
            var reach = Reach(position);
            return Math.Max(position - reach.First, reach.Last - position);
        });

    // Follows one output pixel back through the network, as the span of indices it needs at each level.
    Span Reach(int position)
    {
        var blockReach = options.BlockForm == BlockForm.LargeKernel ? ResidualBlock.LargeSide / 2 : 2;
        var fine = new Span(position, position).Divide(options.Block)
            .Grow(1 + (options.FineDecoderBlocks == 0 ? 1 : blockReach * options.FineDecoderBlocks));
        var middle = Under(fine).Grow(blockReach * options.DecoderBlocks);
        if (options.CoarseBlocks > 0)
        {
            var coarse = Under(middle).Grow(blockReach * Enumerable.Range(0, options.CoarseBlocks).Sum(options.DilationOf));
            middle = middle.Union(coarse.UnderStride2());
        }

        middle = middle.Grow(blockReach * options.EncoderBlocks);
        return fine.Union(middle.UnderStride2()).Grow(1 + (blockReach * options.FineEncoderBlocks)).Multiply(options.Block);
    }

    // The exporter lets a last convolution of few outputs give four places at once, by a kernel of 4x4 (ShuffleFolding).
    double LastKernel => options.Block * options.Block * options.RainChannels <= 4 ? 16 : 9;

    // What the way up to a finer level reads.
    Span Under(Span finer) => options.Upsampling == Upsampling.Shuffle ? finer.Divide(2) : finer.UnderInterpolation();

    double NeighbourCost(double pixels) =>
        (9 * (LeanDerainer.NeighbourMaps + 1) * pixels * LeanDerainer.NeighbourWidth) + (9 * LeanDerainer.NeighbourWidth * LeanDerainer.NeighbourWidth)
        + ((options.FineWidth + LeanDerainer.NeighbourWidth) * LeanDerainer.NeighbourRains * pixels);

    double BlockCost(double width) => options.BlockForm switch
    {
        BlockForm.Gated => 1.5 * 9 * width * width,
        BlockForm.LargeKernel => (ResidualBlock.LargeSide * ResidualBlock.LargeSide * width) + (4 * width * width),
        _ => 2 * 9 * width * width,
    };

    readonly record struct Span(int First, int Last)
    {
        public Span Grow(int radius) => new(First - radius, Last + radius);

        /// <summary>What a 3x3 convolution with stride 2 and padding 1 reads.</summary>
        public Span UnderStride2() => new((2 * First) - 1, (2 * Last) + 1);

        /// <summary>What interpolation to twice the size reads: place i lies at i/2 - 1/4.</summary>
        public Span UnderInterpolation() => new((int)Math.Floor((First - 1) / 2.0), (int)Math.Floor((Last + 1) / 2.0));

        /// <summary>What a shuffle to a finer level reads.</summary>
        public Span Divide(int factor) =>
            new((int)Math.Floor((double)First / factor), (int)Math.Floor((double)Last / factor));

        /// <summary>What a shuffle to a coarser level reads.</summary>
        public Span Multiply(int factor) => new(First * factor, (Last * factor) + factor - 1);

        public Span Union(Span other) => new(Math.Min(First, other.First), Math.Max(Last, other.Last));
    }
}
