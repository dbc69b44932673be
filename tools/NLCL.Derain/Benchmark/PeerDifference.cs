using NLCL.Runtime;

namespace NLCL.Derain;

/// <summary>Whether another engine computes what NLCL does: a race between different networks would say nothing.</summary>
static class PeerDifference
{
    /// <summary>The largest difference of any sample, in levels of 8 bits, on a frame of noise.</summary>
    public static int Levels(Derainer derainer, IPeer peer, FrameSize size)
    {
        byte[] rainy = new byte[3 * size.Pixels], theirs = new byte[rainy.Length], ours = new byte[rainy.Length];
        new Random(3).NextBytes(rainy);
        peer.Run(rainy, theirs, size.Width, size.Height);
        float[] planes = new float[rainy.Length];
        PixelConversion.ToPlanar(rainy, 3 * size.Width, PackedLayout.Bgr, planes, size.Width, size.Height);
        derainer.Derain(planes, planes, size.Width, size.Height);
        PixelConversion.ToPacked(planes, ours, 3 * size.Width, PackedLayout.Bgr, size.Width, size.Height);
        int largest = 0;
        for (int at = 0; at < ours.Length; at++) { largest = Math.Max(largest, Math.Abs(ours[at] - theirs[at])); }
        return largest;
    }
}
