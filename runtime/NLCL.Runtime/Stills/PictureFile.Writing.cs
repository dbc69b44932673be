using OpenCvSharp;

namespace NLCL.Runtime;

public static partial class PictureFile
{
    /// <summary>OpenCV's IMWRITE_TIFF_COMPRESSION. Left to itself the encoder squeezes floats into LogLuv, which is lossy.</summary>
    const ImwriteFlags TiffCompression = (ImwriteFlags)259;

    /// <summary>TIFF 6.0, section 13.</summary>
    const int Lzw = 5;

    /// <summary>
    /// Writes a picture in the format that the name ends with: .png, .jpg, .jpeg, .bmp, .tif, .tiff, .webp,
    /// .ppm, .pgm or .pnm. The name appears
    /// when the file is complete.
    /// </summary>
    /// <exception cref="PictureFileException">The format cannot hold the picture, the file is there already, or it cannot be written.</exception>
    public static void Write(string path, Mat picture, PictureWriteOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(picture);
        options ??= new PictureWriteOptions();
        options.Validate();
        _ = PictureType.OrderOf(picture);
        var format = FormatOf(path) ?? throw Unwritable(
            path, "a name ending in .png, .jpg, .jpeg, .bmp, .tif, .tiff, .webp, .ppm, .pgm or .pnm", $"'{Path.GetExtension(path)}'", "Choose one of them.");
        CheckFits(path, picture, format);
        if (!options.Overwrite && File.Exists(path))
        {
            throw Exists(path);
        }
        var bytes = Encode(path, picture, format, options);
        if (options.MetadataFrom is { } source && format is not (PictureFormat.Bmp or PictureFormat.Pnm))
        {
            bytes = MetadataOf(source).ForChannels(picture.Channels()).InsertInto(bytes, new PictureHeader(format, picture.Cols, picture.Rows));
        }
        WriteThrough(path, stream => stream.Write(bytes), options.Overwrite);
    }

    /// <summary>The format that a name stands for, or null.</summary>
    public static PictureFormat? FormatOf(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".png" => PictureFormat.Png,
            ".jpg" or ".jpeg" => PictureFormat.Jpeg,
            ".bmp" => PictureFormat.Bmp,
            ".tif" or ".tiff" => PictureFormat.Tiff,
            ".webp" => PictureFormat.WebP,
            ".ppm" or ".pgm" or ".pnm" => PictureFormat.Pnm,
            _ => null,
        };
    }

    static void CheckFits(string path, Mat picture, PictureFormat format)
    {
        var (depths, channels, side) = format switch
        {
            PictureFormat.Png => (new[] { MatType.CV_8U, MatType.CV_16U }, new[] { 1, 3, 4 }, int.MaxValue),
            PictureFormat.Jpeg => ([MatType.CV_8U], [1, 3], 65_500),
            PictureFormat.Bmp => ([MatType.CV_8U], [1, 3, 4], int.MaxValue),
            PictureFormat.Pnm => ([MatType.CV_8U, MatType.CV_16U], [1, 3], int.MaxValue),
            PictureFormat.Tiff => ([MatType.CV_8U, MatType.CV_16U, MatType.CV_32F], [1, 3, 4], int.MaxValue),
            _ => ([MatType.CV_8U], [1, 3, 4], 16_383),
        };
        if (!depths.Contains(picture.Depth()) || !channels.Contains(picture.Channels()) || picture.Rows > side || picture.Cols > side)
        {
            var expected = (depths.Length, channels.Length) switch
            {
                (1, 2) => $"8-bit grey or colour of at most {side} on a side for {format}",
                (2, 2) => $"8-bit or 16-bit grey or colour without alpha for {format}",
                (1, _) => $"8-bit pixels for {format}",
                _ => $"8-bit or 16-bit pixels for {format}",
            };
            throw Unwritable(
                path, expected, $"{picture.Type()} of {picture.Cols} x {picture.Rows}", "Write .png (16 bit, alpha) or .tif (float too), or convert it first.");
        }
    }

    static byte[] Encode(string path, Mat picture, PictureFormat format, PictureWriteOptions options)
    {
        // Beyond 100 OpenCV writes WebP without loss.
        const int lossless = 101;
        ImageEncodingParam[] settings = format switch
        {
            PictureFormat.Jpeg => [new(ImwriteFlags.JpegQuality, options.Quality)],
            PictureFormat.WebP => [new(ImwriteFlags.WebPQuality, options.Lossless ? lossless : options.Quality)],
            PictureFormat.Tiff => [new(TiffCompression, Lzw)],
            _ => [],
        };
        var extension = format switch
        {
            PictureFormat.Png => ".png",
            PictureFormat.Jpeg => ".jpg",
            PictureFormat.Bmp => ".bmp",
            PictureFormat.Tiff => ".tiff",
            PictureFormat.Pnm => picture.Channels() == 1 ? ".pgm" : ".ppm",
            _ => ".webp",
        };
        try
        {
            return picture.ImEncode(extension, settings);
        }
        catch (Exception e) when (e is OpenCVException or OpenCvSharpException)
        {
            throw Unwritable(
                path, $"an encoder for {format}", DeviceSelection.OneLine(e.Message), "Write .png instead.", e);
        }
    }

    static PictureMetadata MetadataOf(string source)
    {
        using var stream = Open(source);
        var header = Header(source, stream);
        var bytes = new byte[stream.Length];
        stream.Position = 0;
        stream.ReadExactly(bytes);
        return PictureMetadata.Extract(bytes, header.Format);
    }

    /// <summary>Writes under another name in the same folder; the file appears under its own when all is on the disk.</summary>
    internal static void WriteThrough(string path, Action<FileStream> write, bool overwrite)
    {
        if (!overwrite && File.Exists(path))
        {
            throw Exists(path);
        }
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        // A name of its own length: the target's may already be as long as the file system allows.
        var temporary = Path.Combine(folder, $".nlcl-{Guid.NewGuid():N}.tmp");
        try
        {
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }
            File.Move(temporary, path, overwrite);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw !overwrite && File.Exists(path)
                ? Exists(path)
                : Unwritable(path, "a folder to write to", e.Message.TrimEnd('.'), "Check the path, its permissions and the free space.", e);
        }
        finally
        {
            // Moved away where all went well.
            if (File.Exists(temporary))
            {
                File.Delete(temporary);
            }
        }
    }

    static PictureFileException Unwritable(string path, string expected, string found, string remedy, Exception? inner = null) =>
        new(path, expected, found, remedy, inner) { ConcernsOutput = true };

    static PictureFileException Exists(string path) =>
        Unwritable(path, "a new file", "one that is there already", "Choose another name, or ask for overwriting.");
}
