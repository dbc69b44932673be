namespace NLCL.Training;

/// <summary>The two layers that a rainy picture is the sum of.</summary>
public enum PictureLayer
{
    /// <summary>What the picture would show without rain, 0..1.</summary>
    Background,

    /// <summary>What rain added, signed, around 0.</summary>
    Rain,
}
