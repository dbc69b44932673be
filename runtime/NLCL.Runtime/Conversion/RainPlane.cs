using System.Numerics;

namespace NLCL.Runtime;

/// <summary>A rain layer of one channel.</summary>
static class RainPlane
{
    /// <summary>Takes it off each of three planes.</summary>
    public static void Subtract(Span<float> planes, ReadOnlySpan<float> rain)
    {
        for (var start = 0; start < planes.Length; start += rain.Length)
        {
            SubtractFromOne(planes.Slice(start, rain.Length), rain);
        }
    }

    static void SubtractFromOne(Span<float> colour, ReadOnlySpan<float> rain)
    {
        var i = 0;
        for (; i <= colour.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            (new Vector<float>(colour[i..]) - new Vector<float>(rain[i..])).CopyTo(colour[i..]);
        }
        for (; i < colour.Length; i++)
        {
            colour[i] -= rain[i];
        }
    }
}
