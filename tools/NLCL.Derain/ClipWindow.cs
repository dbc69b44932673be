using OpenCvSharp;

namespace NLCL.Derain;

/// <summary>The frames of a clip, each with its neighbours, as <see cref="NLCL.Runtime.Derainer"/> wants them.</summary>
static class ClipWindow
{
    /// <summary>Takes ownership of the frames; each is good while its neighbours are. At the ends the frame itself stands for the one that is not there.</summary>
    public static IEnumerable<(Mat Previous, Mat Frame, Mat Next)> Of(IEnumerable<Mat> frames)
    {
        Mat? previous = null, frame = null;
        try
        {
            foreach (Mat next in frames)
            {
                if (frame is not null) { yield return (previous ?? frame, frame, next); }
                previous?.Dispose();
                (previous, frame) = (frame, next);
            }
            if (frame is not null) { yield return (previous ?? frame, frame, frame); }
        }
        finally
        {
            previous?.Dispose();
            frame?.Dispose();
        }
    }
}
