namespace NLCL.Runtime;

/// <summary>How a picture is written.</summary>
public sealed record PictureWriteOptions
{
    /// <summary>1 to 100, for JPEG and WebP.</summary>
    public int Quality { get; init; } = 95;

    /// <summary>Writes WebP without loss, whatever <see cref="Quality"/> says. PNG, BMP and TIFF always are; JPEG cannot be.</summary>
    public bool Lossless { get; init; }

    /// <summary>Replaces a file that is there already; otherwise it is refused.</summary>
    public bool Overwrite { get; init; }

    /// <summary>
    /// A JPEG, PNG, WebP or TIFF whose EXIF, colour profile and XMP go into the file that is written; only BMP has no place for
    /// them. Orientation is reset, for reading has applied it; the preview, which still shows the rain, is left out.
    /// </summary>
    public string? MetadataFrom { get; init; }

    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range.</exception>
    public void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Quality, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Quality, 100);
    }
}
