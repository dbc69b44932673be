namespace NLCL.Training;

/// <summary>Picks the smallest of many numbers, in order; equal ones by their place, so that the choice is the same everywhere.</summary>
static class NearestPlaces
{
    /// <param name="values">To choose from; no NaN.</param>
    /// <param name="largest">The largest instead, largest first.</param>
    /// <param name="places">Receives as many places as it is long, at most all.</param>
    public static void Select(ReadOnlySpan<float> values, bool largest, Span<int> places)
    {
        // One number to compare: the value's bits in an order of their own, then the place.
        Span<ulong> keys = values.Length <= 4096 ? stackalloc ulong[values.Length] : new ulong[values.Length];
        for (var place = 0; place < values.Length; place++)
        {
            var bits = BitConverter.SingleToUInt32Bits(values[place]);
            bits = (int)bits < 0 ? ~bits : bits | 0x8000_0000;
            keys[place] = ((ulong)(largest ? ~bits : bits) << 32) | (uint)place;
        }

        Partition(keys, places.Length);
        keys[..places.Length].Sort();
        for (var rank = 0; rank < places.Length; rank++)
        {
            places[rank] = (int)(uint)keys[rank];
        }
    }

    /// <summary>Brings the <paramref name="count"/> smallest to the front, in any order (Hoare's FIND, CACM 1961).</summary>
    static void Partition(Span<ulong> keys, int count)
    {
        var (first, last) = (0, keys.Length - 1);
        while (first < last)
        {
            var pivot = MiddleOf(keys[first], keys[(first + last) / 2], keys[last]);
            var (left, right) = (first, last);
            while (left <= right)
            {
                while (keys[left] < pivot) { left++; }
                while (keys[right] > pivot) { right--; }
                if (left <= right)
                {
                    (keys[left], keys[right]) = (keys[right], keys[left]);
                    (left, right) = (left + 1, right - 1);
                }
            }

            if (count - 1 <= right) { last = right; }
            else if (count - 1 >= left) { first = left; }
            else { return; }
        }
    }

    static ulong MiddleOf(ulong a, ulong b, ulong c) => Math.Max(Math.Min(a, b), Math.Min(Math.Max(a, b), c));
}
