namespace NLCL.Runtime;

/// <summary>Compares texts with runs of digits as numbers.</summary>
sealed class NaturalOrder : IComparer<string>
{
    public static readonly NaturalOrder Instance = new();

    public int Compare(string? x, string? y)
    {
        if (x is null || y is null)
        {
            return string.CompareOrdinal(x, y);
        }
        ReadOnlySpan<char> a = x, b = y;
        while (!a.IsEmpty && !b.IsEmpty)
        {
            var (left, right) = (Digits(a), Digits(b));
            var order = left > 0 && right > 0 ? Numbers(a[..left], b[..right]) : a[0].CompareTo(b[0]);
            if (order != 0)
            {
                return order;
            }
            a = a[Math.Max(1, left)..];
            b = b[Math.Max(1, right)..];
        }
        var rest = a.Length.CompareTo(b.Length);
        // "01" and "1" are the same number, but not the same file.
        return rest != 0 ? rest : string.CompareOrdinal(x, y);
    }

    static int Digits(ReadOnlySpan<char> text)
    {
        var end = text.IndexOfAnyExceptInRange('0', '9');
        return end < 0 ? text.Length : end;
    }

    static int Numbers(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        a = a.TrimStart('0');
        b = b.TrimStart('0');
        return a.Length != b.Length ? a.Length.CompareTo(b.Length) : a.SequenceCompareTo(b);
    }
}
