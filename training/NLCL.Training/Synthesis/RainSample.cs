using OpenCvSharp;

namespace NLCL.Training;

/// <summary>A rainy picture, the clean one it was made from, and the rain between them. Owns its pictures.</summary>
public sealed class RainSample : IDisposable
{
    internal RainSample(Mat rainy, Mat clean, Mat rain, RainParameters parameters)
    {
        (Rainy, Clean, Rain, Parameters) = (rainy, clean, rain, parameters);
    }

    /// <summary>CV_32FC3, BGR, 0..1, as the camera saw it.</summary>
    public Mat Rainy { get; }

    /// <summary>CV_32FC3, BGR, 0..1: what a derainer should return.</summary>
    public Mat Clean { get; }

    /// <summary>
    /// CV_32FC1: what veil, tone and streaks added before the camera clipped, added noise and compressed, developed as the pictures are; mean
    /// over the channels, negative where they darken.
    /// </summary>
    public Mat Rain { get; }

    /// <summary>What was drawn.</summary>
    public RainParameters Parameters { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        Rainy.Dispose();
        Clean.Dispose();
        Rain.Dispose();
    }
}
