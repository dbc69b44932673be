using System.Globalization;

namespace NLCL.Runtime;

/// <summary>An exact fraction: a time base in seconds, or a rate in frames per second.</summary>
readonly record struct Rational(long Numerator, long Denominator)
{
    /// <summary>Both parts above zero; "0/0" is how ffprobe says "unknown".</summary>
    public bool IsKnown => Numerator > 0 && Denominator > 0;

    /// <summary>The value as a floating-point number; 0 when unknown.</summary>
    public double Value => Denominator == 0 ? 0 : (double)Numerator / Denominator;

    /// <summary>Reads "30000/1001" or "4:3"; anything else is the unknown fraction 0/0.</summary>
    public static Rational Parse(string? text)
    {
        var at = text?.IndexOfAny(['/', ':']) ?? -1;
        return at > 0
            && long.TryParse(text.AsSpan(0, at), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var numerator)
            && long.TryParse(text.AsSpan(at + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var denominator)
            ? new Rational(numerator, denominator)
            : default;
    }

    /// <summary>The same instant counted in ticks of another time base, rounded to the nearest tick.</summary>
    public static long Rescale(long ticks, Rational from, Rational to)
    {
        var numerator = (Int128)ticks * from.Numerator * to.Denominator;
        var denominator = (Int128)from.Denominator * to.Numerator;
        var half = denominator / 2;
        return (long)((numerator >= 0 ? numerator + half : numerator - half) / denominator);
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Numerator}/{Denominator}");
}
