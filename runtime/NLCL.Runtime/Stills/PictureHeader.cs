namespace NLCL.Runtime;

/// <summary>The formats that are read and written.</summary>
public enum PictureFormat
{
    /// <summary>8 and 16 bit, grey, colour, alpha; lossless.</summary>
    Png,

    /// <summary>8 bit, grey and colour.</summary>
    Jpeg,

    /// <summary>8 bit; lossless.</summary>
    Bmp,

    /// <summary>8 and 16 bit and float; lossless. One page.</summary>
    Tiff,

    /// <summary>8 bit, colour, alpha.</summary>
    WebP,

    /// <summary>PGM and PPM of the binary kind: 8 and 16 bit, grey, colour; lossless.</summary>
    Pnm,
}

/// <summary>What a picture file says of itself before it is decoded.</summary>
/// <param name="Format">By its first bytes, whatever the file is called.</param>
/// <param name="Width">In pixels, before EXIF orientation.</param>
/// <param name="Height">In pixels, before EXIF orientation.</param>
public sealed record PictureHeader(PictureFormat Format, long Width, long Height)
{
    /// <summary>True where writing the same format again need lose nothing: PNG, BMP, TIFF, PNM, and WebP of the lossless kind.</summary>
    public bool IsLossless { get; init; } = Format is PictureFormat.Png or PictureFormat.Bmp or PictureFormat.Tiff or PictureFormat.Pnm;

    /// <summary>What kind it is, where that kind is not read; null: it is read.</summary>
    internal string? Unsupported { get; init; }

    /// <summary>What it holds instead of one picture: "3 pages"; null: it is one.</summary>
    internal string? Several { get; init; }

    /// <summary>Reads the header only. Null where no header is recognised.</summary>
    /// <exception cref="EndOfStreamException">The file ends within its header.</exception>
    /// <exception cref="InvalidDataException">The header contradicts itself.</exception>
    internal static PictureHeader? Read(Stream stream)
    {
        Span<byte> start = stackalloc byte[40];
        var length = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        start = start[..length];
        stream.Position = 0;
        return start switch
        {
            [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] => PngHeader.Read(start, stream),
            [0xFF, 0xD8, 0xFF, ..] => JpegHeader.Read(stream),
            [(byte)'B', (byte)'M', ..] => BmpHeader.Read(start),
            [(byte)'I', (byte)'I', 42, 0, ..] or [(byte)'M', (byte)'M', 0, 42, ..] => TiffHeader.Read(stream),
            [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'E', (byte)'B', (byte)'P', ..] => WebPHeader.Read(start, stream),
            [(byte)'P', (byte)'5' or (byte)'6', var space, ..] when PnmHeader.IsSpace(space) => PnmHeader.Read(stream),
            _ => null,
        };
    }
}
