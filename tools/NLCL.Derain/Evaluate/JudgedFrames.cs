using NLCL.CommandLine;
using OpenCvSharp;

namespace NLCL.Derain;

/// <summary>Walks the pictures of a folder as the frames of a clip. Each is read once, and only if it or a neighbour of it is judged.</summary>
/// <param name="files">All frames, in order; those that are not judged are neighbours, too.</param>
/// <param name="isJudged">Whether a frame is.</param>
/// <param name="read">Reads a frame.</param>
sealed class JudgedFrames(IReadOnlyList<string> files, Func<string, bool> isJudged, Func<string, Mat> read)
{
    /// <summary>The judged frames with their neighbours, which stay this walk's. At the ends of the clip the frame itself stands for the one that is not there.</summary>
    public IEnumerable<(string File, Mat Previous, Mat Frame, Mat Next)> Walk()
    {
        for (int first = 0; first < files.Count; first++)
        {
            int end = first;
            while (end < files.Count && IsSeen(end)) { end++; }
            int index = first;
            foreach ((Mat previous, Mat frame, Mat next) in ClipWindow.Of(files.Skip(first).Take(end - first).Select(read)))
            {
                if (isJudged(files[index])) { yield return (files[index], Neighbour(index, frame, index - 1, previous), frame, Neighbour(index, frame, index + 1, next)); }
                index++;
            }
            first = end;
        }
    }

    Mat Neighbour(int index, Mat frame, int neighbour, Mat picture) => picture.Size() == frame.Size() && picture.Type() == frame.Type() ? picture : throw new CommandException(
        ExitCodes.Input, $"'{files[neighbour]}' is {picture.Width}x{picture.Height} {picture.Type()}, but '{files[index]}' beside it is {frame.Width}x{frame.Height} {frame.Type()}; the frames of a clip are all alike.");

    bool IsSeen(int index) => Enumerable.Range(index - 1, 3).Any(near => near >= 0 && near < files.Count && isJudged(files[near]));
}
