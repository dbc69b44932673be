namespace NLCL.OnnxExport;

/// <summary>How much of what a value was seen to hold its 256 levels cover; what lies outside is cut.</summary>
public enum RangeMethod
{
    /// <summary>All of it: one outlier makes every level coarser.</summary>
    MinMax,

    /// <summary>All but the outermost 0.001 % on either side.</summary>
    Percentile,

    /// <summary>The range with the least mean squared error of rounding and, counted fourfold, of cutting.</summary>
    MeanSquaredError,
}
