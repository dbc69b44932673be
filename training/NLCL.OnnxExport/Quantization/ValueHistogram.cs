namespace NLCL.OnnxExport;

/// <summary>How often an intermediate value took which number: its extremes first, then equal bins between them.</summary>
sealed class ValueHistogram
{
    const int Bins = 2048;

    readonly long[] _counts = new long[Bins];

    public double Low { get; private set; } = double.PositiveInfinity;

    public double High { get; private set; } = double.NegativeInfinity;

    public long Count { get; private set; }

    public void Extend(ReadOnlySpan<float> numbers)
    {
        var (low, high) = (float.PositiveInfinity, float.NegativeInfinity);
        foreach (var number in numbers)
        {
            low = Math.Min(low, number);
            high = Math.Max(high, number);
        }
        (Low, High) = (Math.Min(Low, low), Math.Max(High, high));
    }

    /// <summary>Counts numbers that <see cref="Extend"/> has seen.</summary>
    public void Add(ReadOnlySpan<float> numbers)
    {
        var (low, toBin) = ((float)Low, (float)(Bins / Math.Max(High - Low, 1e-30)));
        foreach (var number in numbers)
        {
            _counts[Math.Clamp((int)((number - low) * toBin), 0, Bins - 1)]++;
        }
        Count += numbers.Length;
    }

    /// <summary>The middle of each bin that holds something, and how much.</summary>
    public IEnumerable<(double Number, long Count)> Filled() => _counts.Index()
        .Where(bin => bin.Item > 0)
        .Select(bin => (Low + (bin.Index + 0.5) * (High - Low) / Bins, bin.Item));
}
