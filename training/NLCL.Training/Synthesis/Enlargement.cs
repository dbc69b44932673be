using OpenCvSharp;

namespace NLCL.Training;

/// <summary>The enlargement, or reduction, that was drawn for a crop.</summary>
/// <param name="From">Side of the crop that it rains on, in pixels.</param>
/// <param name="Side">Side of the crop that is learned from.</param>
/// <param name="Interpolation">How the pixels between are found.</param>
readonly record struct Enlargement(int From, int Side, InterpolationFlags Interpolation)
{
    // Scenes of clips are moved and coded in blocks of even size.
    const int Multiple = 8;

    /// <summary>Draws one, or none.</summary>
    public static Enlargement? Draw(EnlargementOptions options, int side, Random random)
    {
        // Drawn only where it can be: options without it keep their batches, seed by seed.
        if (options.Probability == 0 || random.NextDouble() >= options.Probability) { return null; }
        int from = Math.Max(Multiple, (int)Math.Round(side / options.Factor.Draw(random) / Multiple) * Multiple);
        bool cubic = random.Next(2) == 0;
        return new(from, side, from > side ? InterpolationFlags.Area : cubic ? InterpolationFlags.Cubic : InterpolationFlags.Linear);
    }

    /// <summary>Enlarges or reduces planes.</summary>
    /// <param name="planes">[n, From, From], 0..1.</param>
    /// <param name="enlarged">Receives [n, Side, Side], within 0..1.</param>
    public void Apply(ReadOnlySpan<float> planes, Span<float> enlarged)
    {
        (int small, int large) = (From * From, Side * Side);
        using Mat from = new(From, From, MatType.CV_32FC1), to = new();
        for (int plane = 0; plane < planes.Length / small; plane++)
        {
            planes.Slice(plane * small, small).CopyTo(from.Floats());
            Cv2.Resize(from, to, new Size(Side, Side), 0, 0, Interpolation);
            Span<float> values = enlarged.Slice(plane * large, large);
            to.Floats().CopyTo(values);
            // A cubic swings over where the picture is white or black.
            foreach (ref float value in values) { value = Math.Clamp(value, 0, 1); }
        }
    }
}
