namespace NLCL.Training;

/// <summary>One streak layer as drawn. See <see cref="StreakOptions"/> for what the values mean.</summary>
public sealed record StreakParameters
{
    public StreakSource Source { get; init; }

    /// <summary>Fall direction in degrees from the vertical; positive falls to the right.</summary>
    public double Angle { get; init; }

    /// <summary>Length of a streak in pixels.</summary>
    public double Length { get; init; }

    /// <summary>Width of a streak in pixels.</summary>
    public double Width { get; init; }

    /// <summary>Radius of the disc that a point of the layer becomes out of focus, in pixels.</summary>
    public double Defocus { get; init; }

    /// <summary>Streaks over a pixel, on average.</summary>
    public double Density { get; init; }

    /// <summary>Height of a typical bright streak.</summary>
    public double Strength { get; init; }

    /// <summary>How the layer joins the picture.</summary>
    public StreakMixing Mixing { get; init; }

    /// <summary>Grey between the streaks of a <see cref="StreakMixing.SoftLight"/> or <see cref="StreakMixing.Overlay"/> layer; below 0.5 it darkens the picture.</summary>
    public double Ground { get; init; }

    /// <summary>Brightness of covering streaks.</summary>
    public double Light { get; init; } = 1;

    /// <summary>Slant of single streaks, standard deviation in degrees.</summary>
    public double Slant { get; init; }

    /// <summary>Particles: drops are discs in focus; see <see cref="StreakOptions.Discs"/>.</summary>
    public bool Discs { get; init; }

    /// <summary>Noise: exponent of the levels curve; towards 0 it becomes a hard threshold.</summary>
    public double Softness { get; init; } = 1;

    /// <summary>Noise: where black lies, in standard deviations from the mean.</summary>
    public double Floor { get; init; }

    /// <summary>Noise: values below black are kept, and darken.</summary>
    public bool Signed { get; init; }

    /// <summary>Noise: the motion blur is applied in two halves, which gives the streaks tapered ends.</summary>
    public bool Tapered { get; init; }

    /// <summary>0 is even rain; 1 leaves nothing between the gusts.</summary>
    public double Gust { get; init; }

    /// <summary>Size of a gust in pixels.</summary>
    public double GustSize { get; init; } = 100;

    /// <summary>0 is seen everywhere; 1 only before the farthest background.</summary>
    public double FarOnly { get; init; }

    /// <summary>Texture: file name.</summary>
    public string? Texture { get; init; }

    /// <summary>Texture: mirrored left to right.</summary>
    public bool Mirrored { get; init; }

    /// <summary>0 is the farthest layer, 1 the nearest.</summary>
    public double Nearness { get; init; }

    /// <summary>Pixels that the layer falls from one frame to the next.</summary>
    public double Speed { get; init; }

    /// <summary>Factors of red, green and blue, close to 1.</summary>
    public double Red { get; init; } = 1;

    /// <summary>See <see cref="Red"/>.</summary>
    public double Green { get; init; } = 1;

    /// <summary>See <see cref="Red"/>.</summary>
    public double Blue { get; init; } = 1;

    /// <summary>Which of all layers with these values.</summary>
    public long Seed { get; init; }
}

/// <summary>The haze as drawn. See <see cref="VeilOptions"/>.</summary>
/// <param name="Thickness">Optical thickness at the farthest point.</param>
/// <param name="Airlight">Brightness of the haze.</param>
/// <param name="Even">Part of the thickness that does not depend on depth.</param>
/// <param name="Patches">How much smooth patches disturb the depth, 0..1.</param>
/// <param name="PatchSize">Size of the patches in pixels.</param>
/// <param name="FollowsPicture">How much bright areas count as far, 0..1: the sky is bright and far.</param>
/// <param name="Horizon">Height of the farthest point in the whole picture, 0 the top edge.</param>
/// <param name="Tint">Blue minus red of the airlight, as a fraction.</param>
/// <param name="Seed">Which of all patch patterns.</param>
public sealed record VeilParameters(
    double Thickness, double Airlight, double Even, double Patches, double PatchSize, double FollowsPicture, double Horizon, double Tint, long Seed);
