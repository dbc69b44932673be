using System.Globalization;

namespace NLCL.Runtime;

/// <summary>One part of a job that several processes or machines share.</summary>
/// <param name="Number">Which part, from 1 to <paramref name="Count"/>.</param>
/// <param name="Count">How many parts there are, 1 to 9999.</param>
public readonly record struct ClipShard(int Number, int Count)
{
    const int Most = 9999;

    /// <summary>The whole job: part 1 of 1.</summary>
    public static ClipShard Whole => new(1, 1);

    /// <summary>There are no other parts.</summary>
    public bool IsWhole => Count == 1;

    /// <summary>Reads "2/4".</summary>
    /// <returns>False for anything but I/N with 1 ≤ I ≤ N ≤ 9999.</returns>
    public static bool TryParse(string? text, out ClipShard shard)
    {
        var at = text?.IndexOf('/', StringComparison.Ordinal) ?? -1;
        shard = default;
        if (at < 1
            || !int.TryParse(text.AsSpan(0, at), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            || !int.TryParse(text.AsSpan(at + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var count))
        {
            return false;
        }

        shard = new ClipShard(number, count);
        return shard.IsValid;
    }

    /// <summary>Throws <see cref="ArgumentException"/> for a part that cannot be.</summary>
    public void Validate()
    {
        if (!IsValid)
        {
            throw new ArgumentException($"{this} is no part of a job; it must be I/N with 1 <= I <= N <= {Most}");
        }
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Number}/{Count}");

    bool IsValid => Number >= 1 && Number <= Count && Count <= Most;
}
