namespace NLCL.OnnxExport;

/// <summary>Chooses the range that a value's levels cover.</summary>
static class RangeSearch
{
    const double Tail = 1e-5;
    const int Steps = 40;
    const double SmallestShare = 0.2;

    // Rounding errors are as often up as down and cancel in the sums that follow; what is cut off is always too little.
    const double CutWeight = 4;

    public static ByteScale Choose(ValueHistogram values, RangeMethod method) => method switch
    {
        RangeMethod.MinMax => ByteScale.Over(values.Low, values.High),
        RangeMethod.Percentile => Percentile(values),
        RangeMethod.MeanSquaredError => LeastError(values),
        _ => throw new ArgumentOutOfRangeException(nameof(method), method, "Not a way to choose a range."),
    };

    static ByteScale Percentile(ValueHistogram values)
    {
        var filled = values.Filled().ToList();
        var most = values.Count * Tail;
        double First(IEnumerable<(double Number, long Count)> bins)
        {
            var passed = 0L;
            return bins.First(bin => (passed += bin.Count) > most).Number;
        }
        return ByteScale.Over(First(filled), First(filled.AsEnumerable().Reverse()));
    }

    /// <summary>Tries shares of the extent on either side of zero.</summary>
    static ByteScale LeastError(ValueHistogram values)
    {
        var filled = values.Filled().ToList();
        var shares = Enumerable.Range(0, Steps).Select(step => 1 - step * (1 - SmallestShare) / (Steps - 1)).ToList();
        IReadOnlyList<double> lows = values.Low < 0 ? shares : [1];
        IReadOnlyList<double> highs = values.High > 0 ? shares : [1];
        return lows.SelectMany(low => highs.Select(high => ByteScale.Over(values.Low * low, values.High * high)))
            .MinBy(scale => filled.Sum(bin =>
            {
                var error = bin.Number - scale.Round(bin.Number);
                return error * error * bin.Count * (Math.Abs(error) > scale.Scale ? CutWeight : 1);
            }));
    }
}
