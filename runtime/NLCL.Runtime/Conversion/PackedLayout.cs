namespace NLCL.Runtime;

/// <summary>Order of the channels of one packed pixel.</summary>
public enum PackedLayout
{
    /// <summary>One channel. It becomes all three planes, and comes back as their mean.</summary>
    Grey,

    /// <summary>Three channels, as OpenCV keeps colour.</summary>
    Bgr,

    /// <summary>Four channels, as OpenCV keeps colour with alpha. Alpha is neither read nor written.</summary>
    Bgra,

    /// <summary>Three channels.</summary>
    Rgb,

    /// <summary>Four channels. Alpha is neither read nor written.</summary>
    Rgba,
}
