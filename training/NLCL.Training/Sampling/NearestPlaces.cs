using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace NLCL.Training;

/// <summary>Picks the smallest of many numbers, in order; equal ones by their place, so that the choice is the same everywhere.</summary>
/// <remarks>Without branches that hang on the numbers: a processor that guesses those wrong waits longer than all else takes.</remarks>
static class NearestPlaces
{
    const int OnStack = 4096;

    // Up to here comparing each with each, 16 at once, is faster than sorting.
    const int MostToRank = 640;

    /// <param name="values">To choose from; no NaN.</param>
    /// <param name="largest">The largest instead, largest first.</param>
    /// <param name="places">Receives as many places as it is long, at most all.</param>
    [SkipLocalsInit]
    public static void Select(ReadOnlySpan<float> values, bool largest, Span<int> places)
    {
        var length = Padded(values.Length);
        Span<uint> keys = length <= OnStack ? stackalloc uint[length] : new uint[length];
        WriteKeys(values, largest, keys);
        var (bound, found) = Bound(keys, values.Length, places.Length);
        // One more: what is above the bound is written as well, and the next overwrites it.
        Span<int> chosen = found < OnStack ? stackalloc int[found + 1] : new int[found + 1];
        PlacesUpTo(keys[..values.Length], bound, chosen);
        chosen = chosen[..found];
        if (found <= MostToRank) { Rank(keys, chosen, places); }
        else { Sort(keys, chosen, places); }
    }

    /// <summary>The values' bits, in an order of their own; behind them what comes after all.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void WriteKeys(ReadOnlySpan<float> values, bool largest, Span<uint> keys)
    {
        keys[^Math.Min(keys.Length, Vector512<uint>.Count)..].Fill(uint.MaxValue);
        MemoryMarshal.Cast<float, uint>(values).CopyTo(keys);
        var turned = Vector512.Create(largest ? uint.MaxValue : 0);
        foreach (ref var lanes in MemoryMarshal.Cast<uint, Vector512<uint>>(keys))
        {
            lanes ^= (lanes.AsInt32() >> 31).AsUInt32() | Vector512.Create(0x8000_0000);
            lanes ^= turned;
        }

        keys[values.Length..].Fill(uint.MaxValue);
    }

    /// <summary>Halves the range of keys until little more than <paramref name="count"/> lie up to its end: at most 32 times, whatever they are.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static (uint Bound, int Found) Bound(ReadOnlySpan<uint> keys, int length, int count)
    {
        var (low, high, found) = (0u, uint.MaxValue, length);
        while (found > count + (count / 8) && low < high)
        {
            var middle = low + ((high - low) / 2);
            var upTo = CountUpTo(keys, middle);
            if (upTo >= count) { (high, found) = (middle, upTo); }
            else { low = middle + 1; }
        }

        return (high, found);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static int CountUpTo(ReadOnlySpan<uint> keys, uint bound)
    {
        var count = 0;
        foreach (var lanes in MemoryMarshal.Cast<uint, Vector512<uint>>(keys))
        {
            count += BitOperations.PopCount(Vector512.LessThanOrEqual(lanes, Vector512.Create(bound)).ExtractMostSignificantBits());
        }

        return count;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void PlacesUpTo(ReadOnlySpan<uint> keys, uint bound, Span<int> chosen)
    {
        var next = 0;
        for (var place = 0; place < keys.Length; place++)
        {
            chosen[next] = place;
            next += keys[place] <= bound ? 1 : 0;
        }
    }

    /// <summary>Puts each place where so many others come before it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    [SkipLocalsInit]
    static void Rank(ReadOnlySpan<uint> keys, ReadOnlySpan<int> chosen, Span<int> places)
    {
        Span<uint> own = stackalloc uint[Padded(chosen.Length)];
        Span<int> equals = stackalloc int[chosen.Length];
        own[chosen.Length..].Fill(uint.MaxValue);
        equals.Clear();
        for (var index = 0; index < chosen.Length; index++) { own[index] = keys[chosen[index]]; }
        for (var index = 0; index < chosen.Length; index++)
        {
            var smaller = own[index] == 0 ? 0 : CountUpTo(own, own[index] - 1);
            var rank = smaller + equals[smaller]++; // chosen ascends
            if (rank < places.Length) { places[rank] = chosen[index]; }
        }
    }

    static void Sort(ReadOnlySpan<uint> keys, ReadOnlySpan<int> chosen, Span<int> places)
    {
        var pairs = new ulong[chosen.Length];
        for (var index = 0; index < pairs.Length; index++) { pairs[index] = ((ulong)keys[chosen[index]] << 32) | (uint)chosen[index]; }
        Array.Sort(pairs);
        for (var rank = 0; rank < places.Length; rank++) { places[rank] = (int)(uint)pairs[rank]; }
    }

    static int Padded(int length) => (length + Vector512<uint>.Count - 1) / Vector512<uint>.Count * Vector512<uint>.Count;
}
