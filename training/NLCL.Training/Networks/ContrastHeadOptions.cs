namespace NLCL.Training;

/// <summary>Shape of a <see cref="ContrastHead"/>; the defaults are the method's.</summary>
public sealed record ContrastHeadOptions
{
    /// <summary>Length of the embeddings, and of the hidden layer.</summary>
    public int Width { get; init; } = 256;

    /// <summary>Gain of the Xavier-normal first weights; biases start at zero.</summary>
    public double InitialGain { get; init; } = 0.02;

    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    public void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Width, 1);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(InitialGain);
    }
}
