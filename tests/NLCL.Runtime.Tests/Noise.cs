using OpenCvSharp;

namespace NLCL.Runtime.Tests;

/// <summary>Seeded pictures and planes.</summary>
static class Noise
{
    public static float[] Planes(int width, int height, int seed = 1)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, 3 * width * height).Select(_ => (float)random.NextDouble())];
    }

    public static byte[] Bytes(int count, int seed = 1)
    {
        var bytes = new byte[count];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    /// <summary>Any values that the type can hold; floats lie in 0..1.</summary>
    public static Mat Picture(int width, int height, MatType type, int seed = 1)
    {
        var picture = new Mat(height, width, type);
        var random = new Random(seed);
        for (var y = 0; y < height; y++)
        {
            Row(picture, y).Fill(random, picture.Depth());
        }
        return picture;
    }

    /// <summary>A smooth picture with some detail, which lossy formats keep roughly.</summary>
    public static Mat Scene(int width, int height, MatType type)
    {
        var picture = new Mat(height, width, type);
        for (var y = 0; y < height; y++)
        {
            var row = Row(picture, y);
            for (var i = 0; i < row.Length; i++)
            {
                var x = i / picture.Channels();
                row[i] = (byte)(128 + (60 * Math.Sin(x * 0.09)) + (50 * Math.Cos(((i % picture.Channels()) + y) * 0.07)));
            }
        }
        return picture;
    }

    public static unsafe Span<byte> Row(Mat picture, int y) =>
        new((byte*)picture.Data + (y * picture.Step()), picture.Cols * picture.ElemSize());

    /// <summary>All rows, without the padding that a Mat may have between them.</summary>
    public static byte[] Content(Mat picture)
    {
        var bytes = new List<byte>();
        for (var y = 0; y < picture.Rows; y++)
        {
            bytes.AddRange(Row(picture, y));
        }
        return [.. bytes];
    }

    public static void AssertEqual(Mat expected, Mat actual)
    {
        Assert.Equal((expected.Cols, expected.Rows, expected.Type()), (actual.Cols, actual.Rows, actual.Type()));
        Assert.Equal(Content(expected), Content(actual));
    }

    static void Fill(this Span<byte> row, Random random, int depth)
    {
        random.NextBytes(row);
        if (depth == MatType.CV_32F)
        {
            foreach (ref var value in System.Runtime.InteropServices.MemoryMarshal.Cast<byte, float>(row))
            {
                value = (float)random.NextDouble();
            }
        }
    }
}
