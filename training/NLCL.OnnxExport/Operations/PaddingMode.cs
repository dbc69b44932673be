namespace NLCL.OnnxExport;

/// <summary>What stands outside the picture's border.</summary>
public enum PaddingMode
{
    /// <summary>Zeros.</summary>
    Zeros,

    /// <summary>The picture mirrored at its outermost pixel, which is not repeated; needs a side longer than the padding.</summary>
    Reflect,

    /// <summary>The outermost pixel, repeated.</summary>
    Replicate,
}
