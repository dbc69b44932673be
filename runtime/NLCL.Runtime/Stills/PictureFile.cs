using OpenCvSharp;

namespace NLCL.Runtime;

/// <summary>
/// Reads and writes photos: PNG, JPEG, BMP, TIFF, WebP and PNM, with what they hold: 16 bits, float, grey, alpha. Reading checks
/// the header against limits before it decodes, and turns the picture as its EXIF orientation says.
/// </summary>
public static partial class PictureFile
{
    const string Formats = "a PNG, JPEG, BMP, TIFF, WebP or PNM";

    /// <summary>Reads the header only.</summary>
    /// <exception cref="PictureFileException">The file is missing, of another format, or broken.</exception>
    public static PictureHeader Probe(string path)
    {
        using var stream = Open(path);
        return Header(path, stream);
    }

    /// <summary>Reads the header only, and holds its size in pixels against limits: the cheapest way to turn a picture away.</summary>
    /// <exception cref="PictureFileException">The file is missing, of another format, broken, or larger than the limits allow.</exception>
    public static PictureHeader Probe(string path, PictureLimits limits)
    {
        ArgumentNullException.ThrowIfNull(limits);
        limits.Validate();
        using var stream = Open(path);
        var header = Header(path, stream);
        // A file that is read row by row may be longer than an array.
        CheckLimits(path, header, 0, limits);
        return header;
    }

    /// <summary>Reads a picture; the caller owns the result.</summary>
    /// <remarks>
    /// 8-bit, 16-bit or float (0..1) values in one channel (grey), three (BGR) or four (BGRA). Palettes become colour, the inks
    /// of a CMYK JPEG become BGR. Files of several pages or frames are refused, previews aside. Kinds that decoders misread are refused.
    /// </remarks>
    /// <exception cref="PictureFileException">The file is missing, of another format, beyond the limits, cut off or broken.</exception>
    public static Mat Read(string path, PictureLimits? limits = null)
    {
        limits ??= new PictureLimits();
        limits.Validate();
        byte[] bytes;
        PictureHeader header;
        using (var stream = Open(path))
        {
            header = Header(path, stream);
            CheckLimits(path, header, stream.Length, limits);
            bytes = new byte[stream.Length];
            stream.Position = 0;
            stream.ReadExactly(bytes);
        }
        if (!IsWhole(bytes, header))
        {
            throw Broken(path, "a file that ends too early");
        }
        if (header.Format == PictureFormat.Png && PictureMetadata.IsBomb(bytes))
        {
            throw Bomb(path);
        }
        var orientation = header.Format == PictureFormat.Tiff
            ? TiffHeader.Plain(bytes)
            : PictureMetadata.Extract(bytes, header.Format).Orientation;
        return Turned(Decode(path, header.Format == PictureFormat.Png ? PngHeader.Bare(bytes) : bytes, header), orientation);
    }

    static FileStream Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (PipeCheck.IsPipe(path))
        {
            throw new PictureFileException(path, Formats, "a pipe", "Write the picture to a file first.");
        }
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            var found = e is FileNotFoundException or DirectoryNotFoundException ? "no such file" : e.Message.TrimEnd('.');
            throw new PictureFileException(path, Formats, found, "Check the path and its permissions.", e);
        }
    }

    static PictureHeader Header(string path, FileStream stream)
    {
        try
        {
            var header = PictureHeader.Read(stream)
                ?? throw (stream.Length > 12 && ContainerSignature.IsSelfContained(path)
                    ? new PictureFileException(path, Formats, "what looks like a video", "Give it the name of one, such as .mp4.")
                    : new PictureFileException(path, Formats, $"{stream.Length} bytes of something else", "Convert it to PNG first."));
            return header.Width > 0 && header.Height > 0
                ? header
                : throw Broken(path, $"a {header.Format} of {header.Width} x {header.Height} pixels");
        }
        catch (EndOfStreamException e)
        {
            throw Broken(path, "a file that ends within its header", e);
        }
        catch (InvalidDataException e)
        {
            throw Broken(path, $"a header with {e.Message}", e);
        }
    }

    static void CheckLimits(string path, PictureHeader header, long length, PictureLimits limits)
    {
        if (header.Unsupported is { } kind)
        {
            throw new PictureFileException(path, "grey, colour or a palette of 8, 16 or float 32 bits", kind, "Convert it to PNG first.");
        }
        if (header.Several is { } several)
        {
            throw new PictureFileException(path, "one picture", several, "Split it into files of one picture each (tiffsplit, ffmpeg), or derain an animation as a video.");
        }
        if (header.Width > limits.MaxSide || header.Height > limits.MaxSide || header.Width * header.Height > limits.MaxPixels)
        {
            throw new PictureFileException(
                path,
                $"at most {limits.MaxPixels / 1e6:0.#} million pixels and {limits.MaxSide} on a side",
                $"{header.Width} x {header.Height}",
                "Scale it down, or raise the limit if you trust the file.");
        }
        if (length > limits.MaxFileBytes)
        {
            throw new PictureFileException(path, $"at most {limits.MaxFileBytes} bytes", $"{length}", "Raise the limit if you trust the file.");
        }
    }

    /// <summary>Decoders fill up with grey or garbage what is not there.</summary>
    static bool IsWhole(byte[] bytes, PictureHeader header) => header.Format switch
    {
        PictureFormat.Png => PngHeader.IsWhole(bytes),
        PictureFormat.Jpeg => JpegHeader.IsWhole(bytes),
        PictureFormat.Bmp => BmpHeader.IsWhole(bytes, header),
        PictureFormat.Tiff => TiffHeader.IsWhole(bytes),
        PictureFormat.Pnm => PnmHeader.IsWhole(bytes),
        _ => WebPHeader.IsWhole(bytes),
    };

    static Mat Decode(string path, byte[] bytes, PictureHeader header)
    {
        Mat? picture = null;
        try
        {
            picture = Cv2.ImDecode(bytes, ImreadModes.Unchanged);
            if (picture.Empty())
            {
                throw Broken(path, $"a {header.Format} that cannot be decoded");
            }
            if (picture.Cols != header.Width || picture.Rows != header.Height)
            {
                throw Broken(path, $"{picture.Cols} x {picture.Rows} pixels under a header of {header.Width} x {header.Height}");
            }
            if (!PictureType.IsPicture(picture))
            {
                throw new PictureFileException(path, "8-bit, 16-bit or float pixels in 1, 3 or 4 channels", $"{picture.Type()}", "Convert it to PNG first.");
            }
            var result = picture;
            picture = null;
            return result;
        }
        catch (Exception e) when (e is OpenCVException or OpenCvSharpException)
        {
            throw Broken(path, $"a {header.Format} that cannot be decoded ({DeviceSelection.OneLine(e.Message)})", e);
        }
        finally
        {
            picture?.Dispose();
        }
    }

    /// <summary>Turns the picture upright; takes it over.</summary>
    static Mat Turned(Mat picture, int orientation)
    {
        // Five to eight have rows and columns exchanged; what is left is mirrored (Exif 2.3, tag Orientation).
        var upright = orientation >= 5 ? Transposed(picture) : picture;
        FlipMode? flip = orientation switch { 2 or 6 => FlipMode.Y, 3 or 7 => FlipMode.XY, 4 or 8 => FlipMode.X, _ => null };
        if (flip is { } mode)
        {
            Cv2.Flip(upright, upright, mode);
        }
        return upright;
    }

    static Mat Transposed(Mat picture)
    {
        using (picture)
        {
            var transposed = new Mat(picture.Cols, picture.Rows, picture.Type());
            try
            {
                Cv2.Transpose(picture, transposed);
                return transposed;
            }
            catch
            {
                transposed.Dispose();
                throw;
            }
        }
    }

    internal static PictureFileException Bomb(string path) => new(
        path, $"texts and a profile of at most {PictureMetadata.MaxBlockBytes >> 20} MiB", "more when unpacked", "Save it again without metadata if you trust it.");

    static PictureFileException Broken(string path, string found, Exception? inner = null) =>
        new(path, "a whole picture", found, "Get the file again from its source.", inner);
}
