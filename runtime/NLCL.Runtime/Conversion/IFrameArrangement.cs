namespace NLCL.Runtime;

/// <summary>Where the pixels of a stored frame lie in what a network sees, and back. Any number of planes, one behind the other.</summary>
interface IFrameArrangement
{
    /// <summary>As the network sees them.</summary>
    void Arrange(ReadOnlySpan<float> stored, Span<float> seen);

    /// <summary>The way back.</summary>
    void Restore(ReadOnlySpan<float> seen, Span<float> stored);
}
