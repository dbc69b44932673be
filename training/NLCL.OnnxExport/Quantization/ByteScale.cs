namespace NLCL.OnnxExport;

/// <summary>What a byte stands for: <c>(byte - ZeroPoint) * Scale</c>.</summary>
readonly record struct ByteScale(float Scale, byte ZeroPoint)
{
    /// <summary>256 levels over a range, widened to hold zero, which is then exact: padding and ReLU need it.</summary>
    public static ByteScale Over(double low, double high)
    {
        low = Math.Min(low, 0);
        high = Math.Max(high, 0);
        var scale = (float)((high - low) / 255);
        return scale > 0
            ? new ByteScale(scale, (byte)Math.Clamp(Math.Round(-low / scale), 0, 255))
            : new ByteScale(1, 0);
    }

    /// <summary>What becomes of a number on the way to a byte and back.</summary>
    public double Round(double value) =>
        (Math.Clamp(Math.Round(value / Scale) + ZeroPoint, 0, 255) - ZeroPoint) * Scale;
}
