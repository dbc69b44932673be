using NLCL.OnnxExport;
using OpenCvSharp;

namespace NLCL.Training;

/// <summary>Part of a picture, or of frames one behind the other, as bytes, each <c>[height, width, 3]</c>, BGR.</summary>
sealed record PicturePart(IReadOnlyList<byte[]> Frames, int Width, int Height)
{
    public static PicturePart Middle(Mat picture, int width, int height) => new([Cut(picture, width, height)], width, height);

    /// <param name="planes">Of the frames, each [3, side, side], RGB, 0..1; rounded to bytes, as cameras give them.</param>
    /// <param name="side">In pixels.</param>
    public static PicturePart OfPlanes(ReadOnlySpan<float> planes, int side)
    {
        List<byte[]> frames = [];
        for (int start = 0; start < planes.Length; start += 3 * side * side)
        {
            using Mat frame = PlanarPicture.Create(planes.Slice(start, 3 * side * side), side, new Size(side, side));
            frames.Add(Cut(frame, side, side));
        }
        return new PicturePart(frames, side, side);
    }

    /// <summary>The middle frame as it lies in memory.</summary>
    public SampleInput ToFrame() => SampleInput.Of(Frames[Frames.Count / 2], 1, Height, Width, 3);

    /// <param name="frames">That the network sees; a picture is its own neighbour.</param>
    public SampleInput ToPlanes(int frames)
    {
        int plane = Width * Height;
        float[] planes = new float[3 * frames * plane];
        for (int channel = 0; channel < 3 * frames; channel++)
        {
            byte[] bytes = Frames.Count == frames ? Frames[channel / 3] : Frames[Frames.Count / 2];
            for (int at = 0; at < plane; at++) { planes[(channel * plane) + at] = bytes[(3 * at) + 2 - (channel % 3)] / 255f; }
        }
        return SampleInput.Of(planes, 1, 3 * frames, Height, Width);
    }

    static unsafe byte[] Cut(Mat picture, int width, int height)
    {
        byte[] bytes = new byte[height * width * 3];
        int left = (picture.Width - width) / 2, top = (picture.Height - height) / 2;
        for (int y = 0; y < height; y++)
        {
            new ReadOnlySpan<byte>((byte*)picture.Ptr(top + y) + (left * 3), width * 3).CopyTo(bytes.AsSpan(y * width * 3));
        }
        return bytes;
    }
}
