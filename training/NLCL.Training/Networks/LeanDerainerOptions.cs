namespace NLCL.Training;

/// <summary>
/// Shape of a <see cref="LeanDerainer"/>. Widths in multiples of 16: on CPUs 24 channels cost as much as 32.
/// </summary>
public sealed record LeanDerainerOptions
{
    /// <summary>1: a frame alone. 3: the frames before and behind it too; rain is elsewhere in them, the scene mostly is not.</summary>
    public int Frames { get; init; } = 1;

    /// <summary>Side of the pixel block that becomes channels before the first convolution: 2 works at half resolution.</summary>
    public int Block { get; init; } = 2;

    /// <summary>Channels at the finest level, 1/<see cref="Block"/>.</summary>
    public int FineWidth { get; init; } = 32;

    /// <summary>
    /// Residual blocks at the finest level on the way down. Streaks are thin: work here is worth more than work on wider but
    /// coarser levels (measured at equal iterations: 0.3 to 0.5 dB on Rain800's test pairs).
    /// </summary>
    public int FineEncoderBlocks { get; init; } = 1;

    /// <summary>Residual blocks at the finest level on the way up; 0 puts one convolution there.</summary>
    public int FineDecoderBlocks { get; init; } = 1;

    /// <summary>Channels at the middle level, half of the finest resolution.</summary>
    public int MiddleWidth { get; init; } = 32;

    /// <summary>Channels at the coarse level, a quarter of the finest resolution.</summary>
    public int CoarseWidth { get; init; } = 32;

    /// <summary>Residual blocks at the middle level on the way down.</summary>
    public int EncoderBlocks { get; init; } = 1;

    /// <summary>
    /// Residual blocks at the coarse level; 0 leaves that level out. They cost little and see far: veil and tone are large things. After
    /// 700 iterations two of 48 channels, for one middle block, made no difference yet (23.03 and 23.01 dB on Rain800's test pairs, n = 33, one seed).
    /// </summary>
    public int CoarseBlocks { get; init; } = 3;

    /// <summary>
    /// How many times farther apart than those of the coarse block before it a block's taps lie (the first one's are neighbours): with 2, three blocks look three and a
    /// half times as far as with 1, at no cost.
    /// </summary>
    public int CoarseDilation { get; init; } = 1;

    /// <summary>
    /// The farthest that <see cref="CoarseDilation"/> puts taps apart. A network that sees much more than the crops it learned on does not know what it
    /// sees: with taps 8 apart, learned on crops of 224 pixels, nlcl-lite took unfamiliar rain in whole photos for none (DECISIONS.md, 41).
    /// </summary>
    public int LargestCoarseDilation { get; init; } = 4;

    /// <summary>Residual blocks at the middle level on the way up.</summary>
    public int DecoderBlocks { get; init; } = 1;

    /// <summary>How maps come to the next finer level.</summary>
    public Upsampling Upsampling { get; init; } = Upsampling.Bilinear;

    /// <summary>What the residual blocks are made of.</summary>
    public BlockForm BlockForm { get; init; } = BlockForm.Plain;

    /// <summary>The first convolution sees brightness alone.</summary>
    public bool Luma { get; init; }

    /// <summary>1: rain adds the same to R, G and B, so colours cannot shift. 3: one layer each.</summary>
    public int RainChannels { get; init; } = 1;

    /// <summary>
    /// Factor on the last convolution's first weights, so that training starts from almost no rain: from
    /// the picture itself, which most of it is.
    /// </summary>
    public double InitialRainScale { get; init; } = 0.1;

    /// <summary>Of the taps of a coarse block.</summary>
    internal int DilationOf(int coarseBlock) => (int)Math.Min(LargestCoarseDilation, Math.Pow(CoarseDilation, coarseBlock));

    /// <summary>Places of the finer level that one of the coarser gives channels of their own.</summary>
    internal int UpsampledPlaces => Upsampling == Upsampling.Shuffle ? 4 : 1;

    /// <summary>A fifth of the default's cost: for video in real time on few cores.</summary>
    public static LeanDerainerOptions Lite { get; } = new()
    {
        FineWidth = 16,
        FineEncoderBlocks = 0,
        FineDecoderBlocks = 0,
        EncoderBlocks = 0,
        CoarseBlocks = 4,
        DecoderBlocks = 0,
    };

    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    public void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Block, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(FineWidth, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MiddleWidth, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(CoarseWidth, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(FineEncoderBlocks);
        ArgumentOutOfRangeException.ThrowIfNegative(FineDecoderBlocks);
        ArgumentOutOfRangeException.ThrowIfNegative(EncoderBlocks);
        ArgumentOutOfRangeException.ThrowIfNegative(CoarseBlocks);
        ArgumentOutOfRangeException.ThrowIfLessThan(CoarseDilation, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(LargestCoarseDilation, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(DecoderBlocks);
        ArgumentOutOfRangeException.ThrowIfNegative(InitialRainScale);
        if (BlockForm == BlockForm.Gated && (FineWidth | MiddleWidth | CoarseWidth) % 2 != 0)
        {
            throw new ArgumentOutOfRangeException(nameof(BlockForm), BlockForm, "A gated block halves its channels: widths must be even.");
        }

        if (BlockForm != BlockForm.Plain && CoarseDilation > 1)
        {
            throw new ArgumentOutOfRangeException(nameof(CoarseDilation), CoarseDilation, "Only plain blocks have taps apart.");
        }

        if (Frames is not (1 or 3))
        {
            throw new ArgumentOutOfRangeException(nameof(Frames), Frames, "The network sees 1 frame or 3.");
        }

        if (RainChannels is not (1 or 3))
        {
            throw new ArgumentOutOfRangeException(nameof(RainChannels), RainChannels, "Rain has 1 channel or 3.");
        }
    }
}
