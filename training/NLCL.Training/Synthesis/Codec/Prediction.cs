using OpenCvSharp;

namespace NLCL.Training;

/// <summary>What a macroblock is predicted from: nothing (as it is by default), one frame, or the mean of two.</summary>
/// <param name="First">Pixels from the macroblock to where the first reference looks like it; null: not used.</param>
/// <param name="Second">The same in the second reference.</param>
readonly record struct Prediction(Point? First, Point? Second)
{
    public bool IsIntra => First is null && Second is null;
}
