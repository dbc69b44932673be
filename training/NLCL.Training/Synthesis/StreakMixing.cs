namespace NLCL.Training;

/// <summary>How a streak layer joins the picture behind it; the formulas are in <see cref="StreakBlend"/>.</summary>
public enum StreakMixing
{
    /// <summary>Streaks cover the picture with a light of their own, as drops before a background do.</summary>
    Covering,

    /// <summary>Streaks add light.</summary>
    Additive,

    /// <summary>The photo editors' blend mode: the layer's grey bends the picture's tone, black and white stay. Shows most on mid-tones.</summary>
    SoftLight,

    /// <summary>As <see cref="SoftLight"/>, harder: dark becomes darker, bright brighter.</summary>
    Overlay,
}
