namespace NLCL.Training;

/// <summary>How an anchor's several positives count; the two forms of Khosla et al., NeurIPS 2020.</summary>
public enum PositivePooling
{
    /// <summary>Mean of the logarithms: each positive pulls, the cluster becomes tight.</summary>
    EachPositive,

    /// <summary>Logarithm of the mean: closeness to some positives is enough, the cluster may stay loose.</summary>
    AnyPositive,
}
