using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NLCL.Runtime;

/// <summary>
/// Networks learn from pictures whose values rise as a screen of ordinary range wants them. PQ (SMPTE ST 2084) counts up to 10,000 cd/m² and leaves such a picture flat and grey: streaks
/// that a network would find are no streaks to it. So it sees PQ along the curve of HLG (both: ITU-R BT.2100), white paper of 203 cd/m² at 0.75 (BT.2408), what is brighter than 766 above 1.
/// </summary>
static class PqCurve
{
    const double PaperWhite = 203, PaperWhiteInHlg = 0.265; // HLG's 0.75 is 0.265 of its scene light

    // PQ
    const double M1 = 2610.0 / 16384, M2 = 128 * 2523.0 / 4096, C1 = 3424.0 / 4096, C2 = 32 * 2413.0 / 4096, C3 = 32 * 2392.0 / 4096, Peak = 10_000;

    // HLG
    const double A = 0.17883277, B = 1 - (4 * A), HlgKnee = 1.0 / 12;
    static readonly double s_c = 0.5 - (A * Math.Log(4 * A));

    static readonly Table s_toSeen = new(4096, 1, Seen);
    static readonly Table s_fromSeen = new(8192, Seen(1), Pq);

    /// <summary>PQ, 0..1, becomes what the network sees.</summary>
    public static void ToSeen(Span<float> values) => s_toSeen.Map(values, values);

    /// <summary>The way back; what is below 0 is black, what is not a number stays none.</summary>
    public static void FromSeen(ReadOnlySpan<float> seen, Span<float> values) => s_fromSeen.Map(seen, values);

    /// <summary>One value, by the formulas.</summary>
    internal static double Seen(double pq)
    {
        var root = Math.Pow(pq, 1 / M2);
        var light = Peak * Math.Pow(Math.Max(root - C1, 0) / (C2 - (C3 * root)), 1 / M1) * PaperWhiteInHlg / PaperWhite;
        return light <= HlgKnee ? Math.Sqrt(3 * light) : (A * Math.Log((12 * light) - B)) + s_c;
    }

    /// <summary>One value, by the formulas.</summary>
    internal static double Pq(double seen)
    {
        var light = seen <= 0.5 ? seen * seen / 3 : (Math.Exp((seen - s_c) / A) + B) / 12;
        var power = Math.Pow(light * PaperWhite / PaperWhiteInHlg / Peak, M1);
        return Math.Pow((C1 + (C2 * power)) / (1 + (C3 * power)), M2);
    }

    /// <summary>A rising function of 0..<paramref name="end"/>, straight between its steps.</summary>
    sealed class Table(int steps, double end, Func<double, double> function)
    {
        readonly float[] _values = [.. Enumerable.Range(0, steps + 1).Select(step => (float)function(step * end / steps))];
        readonly float _scale = (float)(steps / end);

        public void Map(ReadOnlySpan<float> source, Span<float> target)
        {
            target = target[..source.Length];
            var (values, scale, last) = (_values, _scale, _values.Length - 2);
            for (var i = 0; i < source.Length; i++)
            {
                // A value that is no number is below and above nothing.
                var place = source[i] * scale;
                var below = place > 0 ? place < last ? (int)place : last : 0;
                var within = place - below;
                within = within < 0 ? 0 : within > 1 ? 1 : within;
                ref var value = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(values), below);
                target[i] = value + (within * (Unsafe.Add(ref value, 1) - value));
            }
        }
    }
}
