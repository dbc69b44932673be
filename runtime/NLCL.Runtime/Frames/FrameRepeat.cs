using System.Numerics;
using System.Runtime.InteropServices;

namespace NLCL.Runtime;

/// <summary>
/// Frames that show what the one before them shows: where 24 frames a second were made 30, or a camera gives 30 and its exposure takes a
/// fifteenth of a second. Such a neighbour has the same streaks, so it says nothing about rain; the nearest frame that differs does.
/// </summary>
public static class FrameRepeat
{
    /// <summary>Frames before and behind a frame that are looked at for one that differs.</summary>
    public const int Farthest = 6;

    /// <summary>
    /// Mean difference, in levels of 255, up to which two frames show the same. A repeated frame that was compressed anew by H.264 (CRF 18 to 28)
    /// differs by 0.01 to 0.1, a new one by 1 and more where rain is seen; where less changes there is little to see.
    /// </summary>
    public const double Tolerance = 0.25;

    // Bytes after which a difference that is large enough ends the search.
    const int Chunk = 1 << 14;

    /// <summary>Says whether two frames show the same.</summary>
    /// <param name="frame">All samples, one byte each at 8 bits, two little-endian bytes above.</param>
    /// <param name="other">Of a frame of the same format.</param>
    /// <param name="bits">Of a sample.</param>
    /// <exception cref="ArgumentException">The frames differ in length.</exception>
    /// <exception cref="ArgumentOutOfRangeException">Not 8 to 16 bits.</exception>
    public static bool Shows(ReadOnlySpan<byte> frame, ReadOnlySpan<byte> other, int bits = 8)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bits, 8);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bits, 16);
        if (frame.Length != other.Length)
        {
            throw new ArgumentException($"Both frames must have one length, not {frame.Length} and {other.Length} bytes.", nameof(other));
        }

        var most = (long)(Tolerance * (frame.Length / (bits > 8 ? 2 : 1)) * ((1 << bits) - 1) / 255);
        long sum = 0;
        for (var at = 0; at < frame.Length && sum <= most; at += Chunk)
        {
            var length = Math.Min(Chunk, frame.Length - at);
            ReadOnlySpan<byte> a = frame.Slice(at, length), b = other.Slice(at, length);
            sum += bits > 8 ? Difference(MemoryMarshal.Cast<byte, ushort>(a), MemoryMarshal.Cast<byte, ushort>(b)) : Difference(a, b);
        }

        return sum <= most;
    }

    static long Difference(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b)
    {
        // Sums of a chunk fit 32 bits.
        Vector<uint> sum = default;
        var at = 0;
        for (; at <= a.Length - Vector<byte>.Count; at += Vector<byte>.Count)
        {
            Vector<byte> x = new(a[at..]), y = new(b[at..]);
            Vector.Widen(Vector.Max(x, y) - Vector.Min(x, y), out Vector<ushort> low, out Vector<ushort> high);
            Vector.Widen(low + high, out Vector<uint> first, out Vector<uint> last);
            sum += first + last;
        }

        long total = Vector.Sum(sum);
        for (; at < a.Length; at++)
        {
            total += Math.Abs(a[at] - b[at]);
        }
        return total;
    }

    static long Difference(ReadOnlySpan<ushort> a, ReadOnlySpan<ushort> b)
    {
        Vector<uint> sum = default;
        var at = 0;
        for (; at <= a.Length - Vector<ushort>.Count; at += Vector<ushort>.Count)
        {
            Vector<ushort> x = new(a[at..]), y = new(b[at..]);
            Vector.Widen(Vector.Max(x, y) - Vector.Min(x, y), out Vector<uint> first, out Vector<uint> last);
            sum += first + last;
        }

        long total = Vector.Sum(sum);
        for (; at < a.Length; at++)
        {
            total += Math.Abs(a[at] - b[at]);
        }
        return total;
    }
}
