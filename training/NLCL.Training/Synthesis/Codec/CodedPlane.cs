using OpenCvSharp;

namespace NLCL.Training;

/// <summary>One plane of a frame, <c>[Height, Width]</c>, 0..255.</summary>
sealed class CodedPlane(float[] values, int width, int height)
{
    public float[] Values { get; } = values;

    public int Width { get; } = width;

    public int Height { get; } = height;

    /// <param name="plane">CV_32FC1, 0..1.</param>
    public static CodedPlane From(Mat plane)
    {
        float[] values = plane.Floats().ToArray();
        foreach (ref float value in values.AsSpan()) { value *= 255; }
        return new(values, plane.Width, plane.Height);
    }

    /// <returns>CV_32FC1, 0..1; the caller disposes it.</returns>
    public Mat ToMat()
    {
        Mat plane = new(Height, Width, MatType.CV_32FC1);
        Span<float> to = plane.Floats();
        for (int at = 0; at < to.Length; at++) { to[at] = Values[at] / 255; }
        return plane;
    }
}
