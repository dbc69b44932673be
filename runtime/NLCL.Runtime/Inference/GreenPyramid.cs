using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NLCL.Runtime;

/// <summary>The green of a frame as bytes, at its resolution, a half, a quarter and an eighth of it. Dispose gives the memory back.</summary>
readonly struct GreenPyramid : IDisposable
{
    public const int Levels = 4;

    readonly byte[] _memory;
    readonly int _width;
    readonly int _height;

    GreenPyramid(int width, int height)
    {
        (_width, _height) = (width, height);
        _memory = ArrayPool<byte>.Shared.Rent(Start(Levels));
    }

    /// <summary>Of a frame's green plane, 0..1; sides of 8 pixels or more.</summary>
    public static GreenPyramid Of(ReadOnlySpan<float> green, int width, int height)
    {
        var pyramid = new GreenPyramid(width, height);
        ToBytes(green, pyramid._memory.AsSpan(0, green.Length));
        return pyramid.Halved();
    }

    /// <summary>The same of a frame that is read row by row.</summary>
    public static GreenPyramid Read<T>(T source, int frame, int width, int height)
        where T : IPixelSource, allows ref struct
    {
        var pyramid = new GreenPyramid(width, height);
        var line = ArrayPool<float>.Shared.Rent(3 * width);
        var row = new TargetRow(line.AsSpan(0, width), line.AsSpan(width, width), line.AsSpan(2 * width, width));
        for (var y = 0; y < height; y++)
        {
            source.Read(frame, 0, y, row);
            ToBytes(row.Green, pyramid.Own(0, y));
        }
        ArrayPool<float>.Shared.Return(line);
        return pyramid.Halved();
    }

    /// <summary>Of a level, in pixels.</summary>
    public (int Width, int Height) Size(int level) => (_width >> level, _height >> level);

    /// <summary>All rows of a level, one behind the other.</summary>
    public ReadOnlySpan<byte> Level(int level) => _memory.AsSpan(Start(level), (_width >> level) * (_height >> level));

    public ReadOnlySpan<byte> Row(int level, int y) => Own(level, y);

    public void Dispose() => ArrayPool<byte>.Shared.Return(_memory);

    Span<byte> Own(int level, int y) => _memory.AsSpan(Start(level) + (y * (_width >> level)), _width >> level);

    int Start(int level)
    {
        var start = 0;
        for (var above = 0; above < level; above++)
        {
            start += (_width >> above) * (_height >> above);
        }
        return start;
    }

    GreenPyramid Halved()
    {
        for (var level = 1; level < Levels; level++)
        {
            var height = Size(level).Height;
            for (var y = 0; y < height; y++)
            {
                Halve(Own(level - 1, 2 * y), Own(level - 1, (2 * y) + 1), Own(level, y));
            }
        }
        return this;
    }

    /// <summary>Means of 2 x 2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Halve(ReadOnlySpan<byte> upper, ReadOnlySpan<byte> lower, Span<byte> target)
    {
        ReadOnlySpan<ushort> above = MemoryMarshal.Cast<byte, ushort>(upper), below = MemoryMarshal.Cast<byte, ushort>(lower);
        var x = 0;
        for (; x + Vector<byte>.Count <= target.Length; x += Vector<byte>.Count)
        {
            var first = Quarter(new Vector<ushort>(above[x..]), new Vector<ushort>(below[x..]));
            var second = Quarter(new Vector<ushort>(above[(x + Vector<ushort>.Count)..]), new Vector<ushort>(below[(x + Vector<ushort>.Count)..]));
            Vector.Narrow(first, second).CopyTo(target[x..]);
        }
        for (; x < target.Length; x++)
        {
            target[x] = (byte)((upper[2 * x] + upper[(2 * x) + 1] + lower[2 * x] + lower[(2 * x) + 1] + 2) >> 2);
        }
    }

    // Each lane holds two pixels of a row.
    static Vector<ushort> Quarter(Vector<ushort> upper, Vector<ushort> lower)
    {
        var one = new Vector<ushort>(0xff);
        return ((upper & one) + (upper >>> 8) + (lower & one) + (lower >>> 8) + new Vector<ushort>(2)) >>> 2;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void ToBytes(ReadOnlySpan<float> values, Span<byte> bytes)
    {
        var x = 0;
        for (; x + Vector<byte>.Count <= values.Length; x += Vector<byte>.Count)
        {
            Vector.Narrow(Narrowed(values, x), Narrowed(values, x + Vector<ushort>.Count)).CopyTo(bytes[x..]);
        }
        for (; x < values.Length; x++)
        {
            bytes[x] = (byte)(Math.Clamp(values[x], 0, 1) * 255);
        }
    }

    static Vector<ushort> Narrowed(ReadOnlySpan<float> values, int x) => Vector.Narrow(Rounded(values, x), Rounded(values, x + Vector<float>.Count));

    static Vector<uint> Rounded(ReadOnlySpan<float> values, int x) =>
        Vector.ConvertToInt32(Vector.Min(Vector.Max(new Vector<float>(values[x..]), Vector<float>.Zero), Vector<float>.One) * 255).As<int, uint>();
}
