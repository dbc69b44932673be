using System.Numerics;
using System.Runtime.CompilerServices;

namespace NLCL.Runtime;

/// <summary>Rows pixel by pixel: what the vector code leaves over, and the depths that only photos have.</summary>
static class PackedRow
{
    public static void ToPlanar<T>(ReadOnlySpan<T> row, ChannelOrder order, float scale, TargetRow planes, int from)
        where T : unmanaged, INumberBase<T>
    {
        for (var x = from; x < planes.Length; x++)
        {
            var pixel = row.Slice(x * order.Channels, order.Channels);
            planes.Red[x] = float.CreateTruncating(pixel[order.Red]) * scale;
            planes.Green[x] = float.CreateTruncating(pixel[order.Green]) * scale;
            planes.Blue[x] = float.CreateTruncating(pixel[order.Blue]) * scale;
        }
    }

    /// <summary>To integers whose largest code is <paramref name="most"/>.</summary>
    public static void FromPlanar<T>(SourceRow planes, ChannelOrder order, float most, Span<T> row, int from)
        where T : unmanaged, INumberBase<T>
    {
        for (var x = from; x < planes.Length; x++)
        {
            var pixel = row.Slice(x * order.Channels, order.Channels);
            if (order.Channels == 1)
            {
                pixel[0] = Code<T>((planes.Red[x] + planes.Green[x] + planes.Blue[x]) / 3f, most);
                continue;
            }
            pixel[order.Red] = Code<T>(planes.Red[x], most);
            pixel[order.Green] = Code<T>(planes.Green[x], most);
            pixel[order.Blue] = Code<T>(planes.Blue[x], most);
        }
    }

    public static void FromPlanar(SourceRow planes, ChannelOrder order, Span<float> row)
    {
        for (var x = 0; x < planes.Length; x++)
        {
            var pixel = row.Slice(x * order.Channels, order.Channels);
            if (order.Channels == 1)
            {
                pixel[0] = Number((planes.Red[x] + planes.Green[x] + planes.Blue[x]) / 3f);
                continue;
            }
            pixel[order.Red] = Number(planes.Red[x]);
            pixel[order.Green] = Number(planes.Green[x]);
            pixel[order.Blue] = Number(planes.Blue[x]);
        }
    }

    static float Number(float value) => float.IsNaN(value) ? 0f : value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static T Code<T>(float value, float most)
        where T : unmanaged, INumberBase<T> =>
        T.CreateTruncating((int)Math.Clamp((Number(value) * most) + 0.5f, 0f, most));
}
