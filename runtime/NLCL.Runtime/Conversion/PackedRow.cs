using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NLCL.Runtime;

/// <summary>Rows of packed pixels of bytes, 16-bit words or floats, from and to planar rows.</summary>
static class PackedRow
{
    public static void ToPlanar<T>(ReadOnlySpan<T> row, ChannelOrder order, TargetRow planes)
        where T : unmanaged
    {
        if (typeof(T) == typeof(byte))
        {
            var bytes = MemoryMarshal.Cast<T, byte>(row);
            Each(bytes, order, 1f / 255f, planes, PackedBytes.ToPlanar(bytes, order, planes));
        }
        else if (typeof(T) == typeof(ushort))
        {
            Each(MemoryMarshal.Cast<T, ushort>(row), order, 1f / 65535f, planes, 0);
        }
        else
        {
            Each(MemoryMarshal.Cast<T, float>(row), order, 1f, planes, 0);
        }
    }

    public static void ToPacked<T>(SourceRow planes, ChannelOrder order, Span<T> row)
        where T : unmanaged
    {
        if (typeof(T) == typeof(byte))
        {
            var bytes = MemoryMarshal.Cast<T, byte>(row);
            Each<byte, Codes8>(planes, order, bytes, PackedBytes.ToPacked(planes, order, bytes));
        }
        else if (typeof(T) == typeof(ushort))
        {
            Each<ushort, Codes16>(planes, order, MemoryMarshal.Cast<T, ushort>(row), 0);
        }
        else
        {
            Each<float, Floats>(planes, order, MemoryMarshal.Cast<T, float>(row), 0);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Each<T>(ReadOnlySpan<T> row, ChannelOrder order, float scale, TargetRow planes, int from)
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

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Each<T, TCode>(SourceRow planes, ChannelOrder order, Span<T> row, int from)
        where TCode : ICode<T>
    {
        for (var x = from; x < planes.Length; x++)
        {
            var pixel = row.Slice(x * order.Channels, order.Channels);
            if (order.Channels == 1)
            {
                pixel[0] = TCode.Of((planes.Red[x] + planes.Green[x] + planes.Blue[x]) / 3f);
                continue;
            }
            pixel[order.Red] = TCode.Of(planes.Red[x]);
            pixel[order.Green] = TCode.Of(planes.Green[x]);
            pixel[order.Blue] = TCode.Of(planes.Blue[x]);
        }
    }

    /// <summary>How a value 0..1 is written down.</summary>
    interface ICode<T>
    {
        static abstract T Of(float value);
    }

    readonly struct Codes8 : ICode<byte>
    {
        public static byte Of(float value) => (byte)Rounded(value, 255f);
    }

    readonly struct Codes16 : ICode<ushort>
    {
        public static ushort Of(float value) => (ushort)Rounded(value, 65535f);
    }

    readonly struct Floats : ICode<float>
    {
        public static float Of(float value) => float.IsNaN(value) ? 0f : value;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static int Rounded(float value, float most) => (int)Math.Clamp((Floats.Of(value) * most) + 0.5f, 0f, most);
}
