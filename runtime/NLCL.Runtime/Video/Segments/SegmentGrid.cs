namespace NLCL.Runtime;

/// <summary>
/// Cuts a clip's time into segments of one length. Which segment a frame belongs to follows from its time alone, so that
/// an interrupted, a resumed and a shared job cut at the same frames.
/// </summary>
/// <param name="OriginMicroseconds">Where segment 0 begins.</param>
/// <param name="LengthMilliseconds">Length of a segment.</param>
readonly record struct SegmentGrid(long OriginMicroseconds, long LengthMilliseconds)
{
    /// <summary>Number of the segment that a frame belongs to; frames before the origin belong to segment 0.</summary>
    public long NumberOf(long pts, Rational timeBase)
    {
        var time = (Int128)pts * timeBase.Numerator * 1_000_000 - (Int128)OriginMicroseconds * timeBase.Denominator;
        return time <= 0 ? 0 : (long)(time / ((Int128)timeBase.Denominator * LengthMilliseconds * 1000));
    }

    /// <summary>When a segment begins, in seconds.</summary>
    public double StartOf(long number) => OriginMicroseconds / 1e6 + number * (LengthMilliseconds / 1e3);
}
