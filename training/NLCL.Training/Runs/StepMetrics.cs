namespace NLCL.Training;

/// <summary>Values by <see cref="TrainingMetric"/>, each the mean over the iterations that measured it.</summary>
public sealed class StepMetrics
{
    static readonly int s_count = Enum.GetValues<TrainingMetric>().Length;

    readonly double[] _sums = new double[s_count];
    readonly int[] _counts = new int[s_count];

    /// <summary>The mean of a metric; NaN: not measured.</summary>
    public double this[TrainingMetric metric] => _counts[(int)metric] == 0 ? double.NaN : _sums[(int)metric] / _counts[(int)metric];

    /// <summary>The metrics that were measured, in their order.</summary>
    public IEnumerable<TrainingMetric> Measured => Enum.GetValues<TrainingMetric>().Where(metric => _counts[(int)metric] > 0);

    internal void Add(TrainingMetric metric, double value)
    {
        _sums[(int)metric] += value;
        _counts[(int)metric]++;
    }

    internal void Add(StepMetrics step)
    {
        foreach (TrainingMetric metric in step.Measured) { Add(metric, step[metric]); }
    }

    internal void Clear()
    {
        Array.Clear(_sums);
        Array.Clear(_counts);
    }
}
