namespace NLCL.Training;

/// <summary>Everything that was drawn for one picture or clip; rendering it again gives the same rain.</summary>
/// <param name="Kind">Name of the kind of rain; <see cref="NoRain"/> where the picture stayed dry.</param>
/// <param name="Layers">Streak layers, the farthest first.</param>
/// <param name="Veil">The haze, if any.</param>
/// <param name="Contrast">Contrast factor around mid-grey; 1 changes nothing.</param>
/// <param name="Brightness">Added to every value.</param>
/// <param name="NoiseSigma">Sensor noise at mid-grey.</param>
/// <param name="JpegQuality">Quality of the JPEG pass; 0 is none.</param>
/// <param name="PictureHeight">Height of the whole picture in pixels, where <paramref name="Top"/> is the first row of the crop.</param>
/// <param name="Top">First row of the crop in the whole picture.</param>
/// <param name="Seed">Seed of the sensor noise.</param>
public sealed record RainParameters(
    string Kind,
    IReadOnlyList<StreakParameters> Layers,
    VeilParameters? Veil,
    double Contrast,
    double Brightness,
    double NoiseSigma,
    int JpegQuality,
    double PictureHeight,
    double Top,
    long Seed)
{
    /// <summary>The kind of a picture that got no rain.</summary>
    public const string NoRain = "none";

    /// <summary>What was done to the clean picture before it rained; null: nothing.</summary>
    public SceneParameters? Scene { get; init; }

    /// <summary>How rainy and clean picture were developed; null: not.</summary>
    public Grading? Grading { get; init; }

    /// <summary>How rainy and clean picture were sharpened; null: not.</summary>
    public UnsharpMask? Sharpening { get; init; }

    internal static RainParameters Dry { get; } = new(NoRain, [], null, 1, 0, 0, 0, 1, 0, 0);
}

/// <summary>The look of a clean picture. See <see cref="SceneOptions"/>.</summary>
/// <param name="Grey">Without colour.</param>
/// <param name="Contrast">Contrast factor around mid-grey.</param>
/// <param name="Brightness">Added to every value.</param>
/// <param name="Veil">The haze, if any.</param>
public sealed record SceneParameters(bool Grey, double Contrast, double Brightness, VeilParameters? Veil);

/// <summary>What a streak layer is made of.</summary>
public enum StreakSource
{
    /// <summary>Thresholded noise, blurred along the fall direction.</summary>
    Noise,

    /// <summary>Single streaks with a soft profile.</summary>
    Particles,

    /// <summary>A rendered streak texture.</summary>
    Texture,
}
