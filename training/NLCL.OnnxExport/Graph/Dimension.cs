using System.Globalization;

namespace NLCL.OnnxExport;

/// <summary>
/// The length of one axis: a number, or <c>Factor·t + Offset</c> with an open axis that is <c>Multiple·t</c> long, or not
/// known. That much is enough to follow heights and widths through strides, shuffles and back to "the same as the input".
/// </summary>
readonly record struct Dimension(string? Symbol, long Multiple, long Factor, long Offset, bool Known)
{
    public static readonly Dimension Unknown;

    public long? Length => Known && Symbol is null ? Offset : null;

    public static Dimension Fixed(long length) => new(null, 1, 0, length, true);

    public static Dimension Open(string symbol, int multiple) => new(symbol, multiple, multiple, 0, true);

    /// <summary>The text of the file: <c>h</c>, <c>2*h</c>, <c>h/2</c>, <c>3*h/2+1</c>; null when not known.</summary>
    public string? Text
    {
        get
        {
            if (!Known)
            {
                return null;
            }
            if (Symbol is null)
            {
                return Offset.ToString(CultureInfo.InvariantCulture);
            }
            var common = Gcd(Factor, Multiple);
            var text = Factor == common ? Symbol : $"{Factor / common}*{Symbol}";
            text = Multiple == common ? text : $"{text}/{Multiple / common}";
            return Offset == 0 ? text : $"{text}{Offset:+0;-0}";
        }
    }

    public static Dimension operator +(Dimension d, long more) => d.Known ? d with { Offset = d.Offset + more } : Unknown;

    public static Dimension operator *(Dimension d, long times) =>
        d.Known ? d with { Factor = d.Factor * times, Offset = d.Offset * times } : Unknown;

    /// <summary>Rounded down; not known where the rounding depends on the length.</summary>
    public Dimension DividedBy(long divisor) => Known && Factor % divisor == 0
        ? this with { Factor = Factor / divisor, Offset = (long)Math.Floor((double)Offset / divisor) }
        : Unknown;

    /// <summary>Whether it is so whatever the open axis' length.</summary>
    public bool IsMultipleOf(long divisor) => Known && Factor % divisor == 0 && Offset % divisor == 0;

    public static Dimension Sum(IEnumerable<Dimension> parts)
    {
        var total = Fixed(0);
        foreach (var part in parts)
        {
            if (!part.Known || !total.Known)
            {
                return Unknown;
            }
            if (part.Symbol is not null && total.Symbol is not null && part.Symbol != total.Symbol)
            {
                return Unknown;
            }
            total = part.Symbol is null
                ? total + part.Offset
                : part with { Factor = part.Factor + total.Factor, Offset = part.Offset + total.Offset };
        }
        return total;
    }

    /// <summary>Not known where two open axes meet.</summary>
    public static Dimension Product(IEnumerable<Dimension> parts)
    {
        var product = Fixed(1);
        foreach (var part in parts)
        {
            product = part.Length is { } length ? product * length
                : product.Length is { } soFar ? part * soFar
                : Unknown;
        }
        return product;
    }

    /// <summary>The length of an axis on which two shapes meet, a one giving way to the other; null when they cannot.</summary>
    public static Dimension? TryBroadcast(Dimension a, Dimension b)
    {
        if (a.Length == 1)
        {
            return b;
        }
        if (b.Length == 1 || a == b)
        {
            return a;
        }
        if (a.Length is not null && b.Length is not null)
        {
            return null;
        }
        return a.Length is not null ? a : b.Length is not null ? b : Unknown;
    }

    static long Gcd(long a, long b) => b == 0 ? a : Gcd(b, a % b);
}
