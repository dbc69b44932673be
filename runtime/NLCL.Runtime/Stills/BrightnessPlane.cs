using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using OpenCvSharp;

namespace NLCL.Runtime;

/// <summary>The brightness of a picture, in levels of 0..255. What comes from samples needs no OpenCV, which takes a clip a third of a second to load.</summary>
readonly struct BrightnessPlane
{
    readonly float[] _levels;
    readonly int _width;
    readonly int _height;

    BrightnessPlane(int width, int height) => (_levels, _width, _height) = (new float[(long)width * height], width, height);

    /// <summary>Of a picture of 8 or 16 bits or floats of 0..1; grey, BGR or BGRA.</summary>
    public static BrightnessPlane Of(Mat picture)
    {
        using var grey = new Mat();
        switch (picture.Channels())
        {
            case 1: picture.CopyTo(grey); break;
            case 4: Cv2.CvtColor(picture, grey, ColorConversionCodes.BGRA2GRAY); break;
            default: Cv2.CvtColor(picture, grey, ColorConversionCodes.BGR2GRAY); break;
        }
        var plane = new BrightnessPlane(picture.Width, picture.Height);
        using var levels = Mat.FromPixelData(picture.Height, picture.Width, MatType.CV_32FC1, plane._levels);
        grey.ConvertTo(levels, MatType.CV_32FC1, 255.0 / (picture.Depth() switch { MatType.CV_8U => 255, MatType.CV_16U => ushort.MaxValue, _ => 1 }));
        return plane;
    }

    /// <summary>Of the luma of a frame.</summary>
    public static BrightnessPlane Of(ReadOnlySpan<byte> frame, YuvFormat format)
    {
        var plane = new BrightnessPlane(format.Width, format.Height);
        SampleRow.Load(frame[..format.LumaBytes], format.BytesPerSample, 0, 1f / (1 << (format.Bits - 8)), plane._levels);
        return plane;
    }

    /// <summary>At half the size; of odd sides the last row or column is left out.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public BrightnessPlane Halved()
    {
        var half = new BrightnessPlane(_width / 2, _height / 2);
        for (var y = 0; y < half._height; y++)
        {
            ReadOnlySpan<float> upper = Row(2 * y), lower = Row((2 * y) + 1);
            var target = half._levels.AsSpan(y * half._width, half._width);
            for (var x = 0; x < target.Length; x++)
            {
                target[x] = 0.25f * (upper[2 * x] + upper[(2 * x) + 1] + lower[2 * x] + lower[(2 * x) + 1]);
            }
        }
        return half;
    }

    /// <summary>Standard deviation of the second derivative, the sum of both directions, in levels a pixel squared. Sides of 3 pixels or more.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public double Curvature()
    {
        var (sum, squares) = (0.0, 0.0);
        for (var y = 1; y < _height - 1; y++)
        {
            ref var above = ref MemoryMarshal.GetReference(Row(y - 1));
            ref var here = ref MemoryMarshal.GetReference(Row(y));
            ref var below = ref MemoryMarshal.GetReference(Row(y + 1));
            var (rowSum, rowSquares) = (Vector<float>.Zero, Vector<float>.Zero);
            nuint x = 1, end = (nuint)_width - 1;
            for (; x + (nuint)Vector<float>.Count <= end; x += (nuint)Vector<float>.Count)
            {
                var around = Vector.LoadUnsafe(ref above, x) + Vector.LoadUnsafe(ref below, x) + Vector.LoadUnsafe(ref here, x - 1) + Vector.LoadUnsafe(ref here, x + 1);
                var curvature = around - (4 * Vector.LoadUnsafe(ref here, x));
                rowSum += curvature;
                rowSquares += curvature * curvature;
            }
            sum += Vector.Sum(rowSum);
            squares += Vector.Sum(rowSquares);
            for (; x < end; x++)
            {
                var curvature = Unsafe.Add(ref above, x) + Unsafe.Add(ref below, x) + Unsafe.Add(ref here, x - 1) + Unsafe.Add(ref here, x + 1) - (4 * Unsafe.Add(ref here, x));
                sum += curvature;
                squares += (double)curvature * curvature;
            }
        }
        var count = (_width - 2.0) * (_height - 2);
        return Math.Sqrt(Math.Max(0, (squares / count) - (sum / count * (sum / count))));
    }

    /// <summary>Standard deviation of the difference to a plane of the same size, in levels.</summary>
    public double DeviationFrom(BrightnessPlane other)
    {
        var (sum, squares) = (0.0, 0.0);
        for (var i = 0; i < _levels.Length; i++)
        {
            var difference = _levels[i] - other._levels[i];
            sum += difference;
            squares += difference * difference;
        }
        var mean = sum / _levels.Length;
        return Math.Sqrt(Math.Max(0, (squares / _levels.Length) - (mean * mean)));
    }

    ReadOnlySpan<float> Row(int y) => _levels.AsSpan(y * _width, _width);
}
