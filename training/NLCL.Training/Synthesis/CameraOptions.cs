namespace NLCL.Training;

/// <summary>What happens to the rainy picture after the rain. The clean one stays untouched, but for grading and sharpening, which a derainer shall not undo.</summary>
public sealed record CameraOptions
{
    /// <summary>Probability of sensor noise.</summary>
    public double NoiseProbability { get; init; } = 0.35;

    /// <summary>Standard deviation of the noise at mid-grey, of a value range of 0..1.</summary>
    public ValueRange Noise { get; init; } = new(0.002, 0.015);

    /// <summary>How it is developed.</summary>
    public GradingOptions Grading { get; init; } = new();

    /// <summary>Probability that a picture, or clip, is sharpened, as most cameras and editors do: rainy and clean alike, dry ones too.</summary>
    public double SharpeningProbability { get; init; }

    /// <summary>By how much: of the difference to the blurred picture that is added, see <see cref="UnsharpMask"/>.</summary>
    public ValueRange Sharpening { get; init; } = new(0.3, 2);

    /// <summary>Standard deviation of that blur, in pixels.</summary>
    public ValueRange SharpeningRadius { get; init; } = new(0.5, 1.5);

    /// <summary>Probability of a pass through JPEG.</summary>
    public double JpegProbability { get; init; } = 0.5;

    /// <summary>JPEG quality (whole numbers).</summary>
    public ValueRange JpegQuality { get; init; } = new(60, 98);

    /// <summary>Probability that a training clip goes through a video codec, in place of JPEG.</summary>
    public double CodecProbability { get; init; }

    /// <summary>The codec's quantisation parameter, on H.264's scale: 18 is hardly seen, 36 is coarse.</summary>
    public ValueRange CodecQuantizer { get; init; } = new(18, 36);

    /// <summary>No noise, no grading, no sharpening, no JPEG, no codec.</summary>
    public static CameraOptions Perfect { get; } = new() { NoiseProbability = 0, JpegProbability = 0 };

    internal void Validate()
    {
        Noise.Validate(nameof(Noise), 0, 0.5);
        Grading.Validate();
        ArgumentOutOfRangeException.ThrowIfNegative(SharpeningProbability);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(SharpeningProbability, 1);
        Sharpening.Validate(nameof(Sharpening), 0, 10);
        SharpeningRadius.Validate(nameof(SharpeningRadius), 0.2, 10);
        JpegQuality.Validate(nameof(JpegQuality), 1, 100);
        ArgumentOutOfRangeException.ThrowIfNegative(CodecProbability);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(CodecProbability, 1);
        CodecQuantizer.Validate(nameof(CodecQuantizer), 0, 51);
    }
}
