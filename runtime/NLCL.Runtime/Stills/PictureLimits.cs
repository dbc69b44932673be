namespace NLCL.Runtime;

/// <summary>
/// What a picture's header may claim before anything is decoded. A file of a hundred kilobytes can ask for gigabytes; the
/// limits are checked before the first one is reserved.
/// </summary>
public sealed record PictureLimits
{
    /// <summary>Width times height.</summary>
    public long MaxPixels { get; init; } = 100_000_000;

    /// <summary>Width, and height.</summary>
    public int MaxSide { get; init; } = 65_535;

    /// <summary>Length of the file.</summary>
    public long MaxFileBytes { get; init; } = 1L << 30;

    /// <exception cref="ArgumentOutOfRangeException">A limit is not positive, or the file would not fit an array.</exception>
    public void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxPixels, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxSide, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxFileBytes, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(MaxFileBytes, Array.MaxLength);
    }
}
