namespace NLCL.Training.Tests;

public sealed class NearestPlacesTests
{
    static readonly Dictionary<string, Func<Random, int, int, float>> s_kinds = new()
    {
        ["scattered"] = (random, _, _) => 100 + (50 * random.NextSingle()),
        ["many equal"] = (random, _, length) => random.Next(0, (length / 3) + 1) - (length / 6f),
        ["all equal"] = (_, _, _) => 0.25f,
        ["two values"] = (random, _, _) => random.Next(2),
        ["ascending"] = (_, place, _) => place,
        ["descending"] = (_, place, _) => -place,
        ["repeating"] = (_, place, _) => place % 40,
        ["of all sizes"] = (random, _, _) => MathF.Pow(10, (70 * random.NextSingle()) - 35) * (random.Next(2) == 0 ? -1 : 1),
        ["neighbouring numbers"] = (random, _, _) => BitConverter.Int32BitsToSingle(BitConverter.SingleToInt32Bits(7) + random.Next(9)),
        ["marked"] = (random, place, length) =>
            place == length / 2 ? -1e30f : random.Next(3) == 0 ? float.PositiveInfinity : random.NextSingle(),
        ["infinite, zero and negative zero"] = (random, _, _) =>
            new[] { float.NegativeInfinity, -0f, 0, float.Epsilon, float.MaxValue, float.PositiveInfinity }[random.Next(6)],
    };

    public static TheoryData<string> Kinds => [.. s_kinds.Keys];

    // Counts about those from which sorting takes over, lengths about whole vectors and the stack's share.
    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_smallest_are_picked_in_order_and_equal_ones_by_place(string kind)
    {
        foreach (var length in new[] { 1, 2, 15, 16, 17, 50, 400, 1600, 5000 })
        {
            var random = new Random(length);
            float[] values = [.. Enumerable.Range(0, length).Select(place => s_kinds[kind](random, place, length))];
            foreach (var count in new[] { 0, 1, 8, 128, 569, 640, 784, length - 1, length }.Where(count => count <= length))
            {
                AssertPicked(values, false, count);
                AssertPicked(values, true, count);
            }
        }
    }

    static void AssertPicked(float[] values, bool largest, int count)
    {
        var places = new int[count];
        NearestPlaces.Select(values, largest, places);
        var ordered = Enumerable.Range(0, values.Length).OrderBy(place => largest ? -Key(values[place]) : Key(values[place]));
        Assert.Equal(ordered.Take(count), places);
    }

    // As numbers compare, and -0 before 0.
    static long Key(float value)
    {
        var bits = BitConverter.SingleToInt32Bits(value);
        return bits < 0 ? ~(bits & 0x7FFF_FFFF) : bits;
    }
}
