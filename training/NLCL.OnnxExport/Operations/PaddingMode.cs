namespace NLCL.OnnxExport;

/// <summary>What stands outside the picture's border.</summary>
public enum PaddingMode
{
    /// <summary>Zeros, or another number where the operation takes one.</summary>
    Zeros,

    /// <summary>The picture mirrored at its outermost pixel, which is not repeated; needs a side longer than the padding.</summary>
    Reflect,

    /// <summary>The outermost pixel, repeated.</summary>
    Replicate,

    /// <summary>The opposite edge, as if the picture went on around a cylinder; needs a side at least as long as the padding.</summary>
    Circular,
}
