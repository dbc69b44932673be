using OpenCvSharp;

namespace NLCL.Training;

/// <summary>How a clip is coded. See <see cref="HybridCodec"/>.</summary>
readonly record struct CodecParameters(double Quantizer, bool Between, Point Offset)
{
    /// <summary>Draws a codec, or none.</summary>
    public static CodecParameters? Draw(CameraOptions camera, Random random)
    {
        // Drawn only where it can be: options without a codec keep their batches, seed by seed.
        if (camera.CodecProbability == 0 || random.NextDouble() >= camera.CodecProbability) { return null; }
        Point offset = new(random.Next(HybridCodec.Macroblock), random.Next(HybridCodec.Macroblock));
        return new(camera.CodecQuantizer.Draw(random), random.Next(2) == 0, offset);
    }

    /// <summary>Codes the frames of a clip in place.</summary>
    public void Apply(IReadOnlyList<Mat> frames) => HybridCodec.Apply(frames, Quantizer, Between, Offset);
}
