using System.Buffers.Binary;

namespace NLCL.Runtime.Tests;

/// <summary>YUV to RGB sample by sample in double, from the formulas of the recommendations.</summary>
static class YuvReference
{
    public static int Sample(YuvFormat format, byte[] frame, int plane, int x, int y)
    {
        var (width, offset) = plane switch
        {
            0 => (format.Width, 0),
            1 => (format.ChromaWidth, format.LumaBytes),
            _ => (format.ChromaWidth, format.LumaBytes + format.ChromaBytes),
        };
        var at = offset + (((y * width) + x) * format.BytesPerSample);
        return format.Bits == 8 ? frame[at] : BinaryPrimitives.ReadUInt16LittleEndian(frame.AsSpan(at));
    }

    public static (double Kr, double Kb) Weights(YuvMatrix matrix) => matrix switch
    {
        YuvMatrix.Bt601 => (0.299, 0.114),
        YuvMatrix.Bt709 => (0.2126, 0.0722),
        _ => (0.2627, 0.0593),
    };

    /// <summary>Chroma at a luma position: linear between the sample positions, which are (2i, 2j + 1/2) where halved.</summary>
    public static double Chroma(YuvFormat format, byte[] frame, int plane, int x, int y)
    {
        var atX = format.Sampling == ChromaSampling.Yuv444 ? x : x / 2.0;
        var atY = format.Sampling == ChromaSampling.Yuv420 ? (y - 0.5) / 2.0 : y;
        var (left, top) = ((int)Math.Floor(atX), (int)Math.Floor(atY));
        double At(int i, int j) => Sample(format, frame, plane, Math.Clamp(i, 0, format.ChromaWidth - 1), Math.Clamp(j, 0, format.ChromaHeight - 1));
        double Across(int j) => (At(left, j) * (1 - (atX - left))) + (At(left + 1, j) * (atX - left));
        return (Across(top) * (1 - (atY - top))) + (Across(top + 1) * (atY - top));
    }

    /// <summary>One pixel, clamped to 0..1.</summary>
    public static double[] Rgb(YuvFormat format, byte[] frame, int x, int y)
    {
        var step = 1 << (format.Bits - 8);
        var full = format.Range == YuvRange.Full;
        var most = (1 << format.Bits) - 1;
        var luma = (Sample(format, frame, 0, x, y) - (full ? 0.0 : 16 * step)) / (full ? most : 219 * step);
        var cb = (Chroma(format, frame, 1, x, y) - (128 * step)) / (full ? most : 224 * step);
        var cr = (Chroma(format, frame, 2, x, y) - (128 * step)) / (full ? most : 224 * step);
        var (kr, kb) = Weights(format.Matrix);
        var red = luma + (2 * (1 - kr) * cr);
        var blue = luma + (2 * (1 - kb) * cb);
        var green = (luma - (kr * red) - (kb * blue)) / (1 - kr - kb);
        return [Math.Clamp(red, 0, 1), Math.Clamp(green, 0, 1), Math.Clamp(blue, 0, 1)];
    }
}
