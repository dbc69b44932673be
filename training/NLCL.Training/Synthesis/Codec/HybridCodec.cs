using OpenCvSharp;

namespace NLCL.Training;

/// <summary>
/// What a video encoder leaves of the frames of a short clip, without the bits: frames predicted block by block from those coded
/// before, the differences transformed and quantised, edges of blocks smoothed. It follows H.264 (ITU-T H.264: 8x8 transform,
/// quantiser scale, deblocking), decides by the sum of absolute differences, moves by whole pixels, and codes the first frame without
/// prediction. So still scenes are kept from frame to frame, and what is faint and new in a frame is lost, as streaks of rain are.
/// </summary>
static class HybridCodec
{
    /// <summary>Side of the blocks that are predicted, in pixels.</summary>
    public const int Macroblock = 16;

    // x264's choices: frames that others are predicted from get more bits (ipratio 1.4, pbratio 1.3, as steps of the quantiser).
    const double FinerIntra = 3, CoarserBetween = 2;

    /// <summary>Codes frames in place; a frame does not show what is not in it or in those it is predicted from.</summary>
    /// <param name="frames">CV_32FC3, BGR, 0..1, all of one size, in order.</param>
    /// <param name="quantizer">H.264's quantisation parameter of the frames that are predicted from one before: 18 is hardly seen, 36 is coarse.</param>
    /// <param name="between">The last frame but one is predicted from both its neighbours (a B frame) and not only from the one before.</param>
    /// <param name="offset">Pixels, 0..15 each, from the corner of the blocks to the frames' first pixel: a crop lies anywhere in its picture.</param>
    public static void Apply(IReadOnlyList<Mat> frames, double quantizer, bool between, Point offset)
    {
        CodedFrame? before = null;
        int last = frames.Count - 1;
        bool twoSided = between && last >= 2;
        for (int index = 0; index < (twoSided ? last - 1 : frames.Count); index++)
        {
            before = Code(frames[index], before is null ? [] : [before], before is null ? quantizer - FinerIntra : quantizer, offset);
        }
        if (!twoSided) { return; }
        CodedFrame behind = Code(frames[last], [before!], quantizer, offset);
        Code(frames[last - 1], [before!, behind], quantizer + CoarserBetween, offset);
    }

    static CodedFrame Code(Mat picture, IReadOnlyList<CodedFrame> references, double quantizer, Point offset)
    {
        CodedFrame frame = CodedFrame.From(picture, offset);
        new FrameCoder(frame, references, quantizer).Run();
        frame.CopyTo(picture, offset);
        return frame;
    }
}
