using OpenCvSharp;

namespace NLCL.Training;

/// <summary>How much brighter the frames around a frame are, by the light or by the exposure.</summary>
/// <param name="Before">Factor of the frames before.</param>
/// <param name="Behind">Factor of the frames behind.</param>
readonly record struct LightChange(float Before, float Behind)
{
    // A factor of two either way; small changes are more frequent.
    static readonly double s_most = Math.Log(2);

    /// <summary>Draws a change, or none.</summary>
    public static LightChange? Draw(SceneMotionOptions motion, Random random)
    {
        // Drawn only where it can be: options without it keep their batches, seed by seed.
        if (motion.Light == 0 || random.NextDouble() >= motion.Light) { return null; }
        double change = Signed(random);
        float factor = (float)Math.Exp(change);
        return random.Next(4) switch
        {
            0 => new(1 / factor, factor), // a fade
            1 => new(factor, factor), // a flash, of this frame or of both others
            2 => new(factor, 1),
            _ => new(1, factor),
        };
    }

    /// <summary>Changes the neighbours of the middle one of the frames in place.</summary>
    /// <param name="frames">CV_32FC3, 0..1; an odd number.</param>
    public void Apply(IReadOnlyList<Mat> frames)
    {
        for (int index = 0; index < frames.Count; index++)
        {
            float factor = index < frames.Count / 2 ? Before : index > frames.Count / 2 ? Behind : 1;
            if (factor == 1) { continue; }
            foreach (ref float value in frames[index].Floats()) { value = Math.Min(1, factor * value); }
        }
    }

    static double Signed(Random random)
    {
        double value = (2 * random.NextDouble()) - 1;
        return s_most * value * Math.Abs(value);
    }
}
