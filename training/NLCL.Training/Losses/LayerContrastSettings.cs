namespace NLCL.Training;

/// <summary>Sizes, weights and forms of both sides of <see cref="LayerContrast"/>.</summary>
public sealed record LayerContrastSettings
{
    /// <summary>Background patches to sample.</summary>
    public int BackgroundCount { get; init; } = 64;

    /// <summary>Rain patches to sample.</summary>
    public int RainCount { get; init; } = 64;

    /// <summary>Weight of the mean over background anchors.</summary>
    public double BackgroundWeight { get; init; } = 0.5;

    /// <summary>Weight of the mean over rain anchors.</summary>
    public double RainWeight { get; init; } = 0.5;

    /// <summary>How background anchors count their positives.</summary>
    public PositivePooling BackgroundPooling { get; init; } = PositivePooling.EachPositive;

    /// <summary>How rain anchors count their positives.</summary>
    public PositivePooling RainPooling { get; init; } = PositivePooling.EachPositive;

    /// <summary>Temperature of background anchors. Lower ones look at the hardest pairs only.</summary>
    public double BackgroundTemperature { get; init; } = LocationContrast.DefaultTemperature;

    /// <summary>Temperature of rain anchors.</summary>
    public double RainTemperature { get; init; } = LocationContrast.DefaultTemperature;

    /// <summary>Both layers alike: the control.</summary>
    public static LayerContrastSettings Symmetric { get; } = new();

    /// <summary>
    /// The released code of the CVPR version: few backgrounds, much rain, each anchor with the same weight, so that rain has
    /// 128/136 of it.
    /// </summary>
    public static LayerContrastSettings Cvpr { get; } = new()
    {
        BackgroundCount = 8,
        RainCount = 128,
        BackgroundWeight = 8.0 / 136,
        RainWeight = 128.0 / 136,
    };

    /// <summary>
    /// Our reading of the abstract of arXiv 2211.00837, not its formula: rain, of lower intrinsic dimension, is pulled into
    /// a tight cluster; backgrounds need be close to some of their kind only. Measure the dimensions with
    /// <see cref="IntrinsicDimension"/> before trusting the direction.
    /// </summary>
    public static LayerContrastSettings Asymmetric { get; } = new()
    {
        BackgroundWeight = 1,
        RainWeight = 1,
        BackgroundPooling = PositivePooling.AnyPositive,
    };

    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    public void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(BackgroundCount, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(RainCount, 2);
        ArgumentOutOfRangeException.ThrowIfNegative(BackgroundWeight);
        ArgumentOutOfRangeException.ThrowIfNegative(RainWeight);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(BackgroundTemperature);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(RainTemperature);
    }
}
