using OpenCvSharp;

namespace NLCL.Derain;

/// <summary>A frame that may be taken. Owns its picture.</summary>
/// <param name="Index">0-based, within its source.</param>
/// <param name="Time">Seconds; null in a picture.</param>
/// <param name="Frame">8-bit BGR.</param>
/// <param name="Sharpness">From <see cref="FrameMeasures.Sharpness"/>.</param>
sealed record Candidate(int Index, double? Time, Mat Frame, double Sharpness) : IDisposable
{
    public void Dispose() => Frame.Dispose();
}

/// <summary>A background that was estimated from a window of frames, for the frame in its middle. Owns its pictures.</summary>
/// <param name="Index">0-based index of the rainy frame.</param>
/// <param name="Time">Its time in seconds, where it has one.</param>
/// <param name="Rainy">8-bit BGR.</param>
/// <param name="Background">8-bit BGR.</param>
/// <param name="Valid">8-bit, 255 where the background holds for this frame, else 0.</param>
/// <param name="ValidShare">Share of valid pixels, 0..1.</param>
sealed record EstimatedBackground(int Index, double? Time, Mat Rainy, Mat Background, Mat Valid, double ValidShare) : IDisposable
{
    public void Dispose()
    {
        Rainy.Dispose();
        Background.Dispose();
        Valid.Dispose();
    }
}
