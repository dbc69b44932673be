using OpenCvSharp;

namespace NLCL.Training;

/// <summary>Sharpening as cameras and editors do it: seen = picture + amount * (picture - blurred picture).</summary>
/// <param name="Amount">How much of the difference is added.</param>
/// <param name="Radius">Standard deviation of the Gaussian blur, in pixels.</param>
public sealed record UnsharpMask(double Amount, double Radius)
{
    /// <summary>Draws one, or none.</summary>
    internal static UnsharpMask? Draw(CameraOptions camera, Random random) =>
        // Drawn only where it can be: options without it keep their pictures, seed by seed.
        camera.SharpeningProbability > 0 && random.NextDouble() < camera.SharpeningProbability ? new(camera.Sharpening.DrawByFactor(random), camera.SharpeningRadius.Draw(random)) : null;

    /// <summary>Sharpens a float picture of 0..1 in place; what leaves that range is clipped, as in a file.</summary>
    internal void Apply(Mat picture)
    {
        ApplyUnclipped(picture);
        foreach (ref float value in picture.Floats()) { value = Math.Clamp(value, 0, 1); }
    }

    /// <summary>The same for a signed layer.</summary>
    internal void ApplyUnclipped(Mat layer)
    {
        using Mat blurred = new();
        Cv2.GaussianBlur(layer, blurred, new Size(0, 0), Radius);
        Cv2.AddWeighted(layer, 1 + Amount, blurred, -Amount, 0, layer);
    }
}
