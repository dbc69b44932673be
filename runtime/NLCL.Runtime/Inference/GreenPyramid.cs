using System.Buffers;

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

    /// <summary>Reads a frame; sides of 8 pixels or more.</summary>
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
        for (var level = 1; level < Levels; level++)
        {
            pyramid.Halve(level);
        }
        return pyramid;
    }

    /// <summary>Of a level, in pixels.</summary>
    public (int Width, int Height) Size(int level) => (_width >> level, _height >> level);

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

    void Halve(int level)
    {
        var (width, height) = Size(level);
        for (var y = 0; y < height; y++)
        {
            Span<byte> upper = Own(level - 1, 2 * y), lower = Own(level - 1, (2 * y) + 1), target = Own(level, y);
            for (var x = 0; x < width; x++)
            {
                target[x] = (byte)((upper[2 * x] + upper[(2 * x) + 1] + lower[2 * x] + lower[(2 * x) + 1] + 2) >> 2);
            }
        }
    }

    static void ToBytes(ReadOnlySpan<float> values, Span<byte> bytes)
    {
        for (var x = 0; x < values.Length; x++)
        {
            bytes[x] = (byte)(Math.Clamp(values[x], 0, 1) * 255);
        }
    }
}
