namespace NLCL.Training;

/// <summary>What a training came to; also written as summary.json.</summary>
public sealed record TrainingSummary
{
    /// <summary>The run folder.</summary>
    public required string RunFolder { get; init; }

    /// <summary>Iterations done.</summary>
    public required long Iterations { get; init; }

    /// <summary>Whether all iterations of the options are done; false: stopped, go on with --resume.</summary>
    public required bool Completed { get; init; }

    /// <summary>Seconds that this run took.</summary>
    public required double Seconds { get; init; }

    /// <summary>Best mean Y-PSNR over the development sets, in dB; null: none given.</summary>
    public double? BestPsnrY { get; init; }

    /// <summary>Mean Y-SSIM at that point; null: none given.</summary>
    public double? BestSsimY { get; init; }

    /// <summary>Iterations after which it was reached.</summary>
    public long? BestIteration { get; init; }

    /// <summary>The last measurement of this run, which need not be the best; null: none was made.</summary>
    public DevelopmentFigures? Latest { get; init; }

    /// <summary>The checkpoint that 'export' takes: the best, else the latest.</summary>
    public string ToExport { get; init; } = "";

    /// <summary>Steps left out because a loss was not a number.</summary>
    public long SkippedSteps { get; init; }

    /// <summary>Pictures that could not be read, one line each.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Where a training second goes: milliseconds per iteration by part.</summary>
    public IReadOnlyDictionary<string, double> MillisecondsPerIteration { get; init; } = new Dictionary<string, double>();
}
