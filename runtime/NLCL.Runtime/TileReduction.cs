namespace NLCL.Runtime;

/// <summary>Memory ran short, and the work went on in smaller tiles. The result is the same; it takes longer.</summary>
/// <param name="From">Pixels of the tile that did not fit.</param>
/// <param name="To">Pixels that a tile may have now.</param>
/// <param name="Reason">What the device said.</param>
public sealed record TileReduction(long From, long To, string Reason)
{
    /// <summary>One line for people.</summary>
    public override string ToString() => $"memory ran short: tiles went from {From} to {To} pixels ({Reason})";
}
