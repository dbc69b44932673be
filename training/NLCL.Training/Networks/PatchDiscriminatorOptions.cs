namespace NLCL.Training;

/// <summary>Shape of a <see cref="PatchDiscriminator"/>; the defaults are the published network.</summary>
public sealed record PatchDiscriminatorOptions
{
    /// <summary>Channels of the first convolution; the others have 2, 4 and 8 times as many. 16 to 32 suit small crops.</summary>
    public int Width { get; init; } = 64;

    /// <summary>
    /// The first tap is the picture itself and the last convolution gives none. The released code does so by pairing five
    /// maps with four layer numbers; raw colours as features are probably an oversight, so the default is the four
    /// convolutions that the option file names.
    /// </summary>
    public bool PictureAsFirstTap { get; init; }

    /// <summary>Gain of the Xavier-normal first weights; biases start at zero.</summary>
    public double InitialGain { get; init; } = 0.02;

    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    public void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Width, 1);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(InitialGain);
    }
}
