using System.Buffers.Binary;
using System.Text;
using OpenCvSharp;

namespace NLCL.Runtime.Tests;

public sealed class PictureMetadataTests : IDisposable
{
    static readonly byte[] s_xmp = Encoding.UTF8.GetBytes("<x:xmpmeta>rain</x:xmpmeta>");

    readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>Orientation and a copyright in the first directory, and a link to a preview.</summary>
    static byte[] Exif(int orientation, bool isLittle = true)
    {
        using var stream = new MemoryStream();
        void Two(int value) => stream.Write(isLittle ? [(byte)value, (byte)(value >> 8)] : [(byte)(value >> 8), (byte)value]);
        void Four(int value)
        {
            var bytes = BitConverter.GetBytes(value);
            stream.Write(isLittle ? bytes : [.. bytes.Reverse()]);
        }
        stream.Write(isLittle ? "II"u8 : "MM"u8);
        Two(42);
        Four(8);
        Two(2);
        Two(0x0112);
        Two(3);
        Four(1);
        Two(orientation);
        Two(0);
        Two(0x8298);
        Two(2);
        Four(4);
        stream.Write("me!\0"u8);
        Four(38);
        Two(0);
        Four(0);
        return stream.ToArray();
    }

    static byte[] Profile(string space, int length)
    {
        var profile = Noise.Bytes(length);
        Encoding.ASCII.GetBytes(space).CopyTo(profile, 16);
        return profile;
    }

    string Write(string name, Mat picture, PictureMetadata metadata)
    {
        PictureFile.Write(_folder["plain" + Path.GetExtension(name)], picture, new PictureWriteOptions { Overwrite = true, Lossless = true });
        var file = File.ReadAllBytes(_folder["plain" + Path.GetExtension(name)]);
        if (name.EndsWith(".tif", StringComparison.Ordinal))
        {
            return _folder.Write(name, WithTiffEntry(file, 274, metadata.Orientation));
        }
        var format = PictureFile.FormatOf(name)!.Value;
        var bytes = metadata.InsertInto(file, new PictureHeader(format, picture.Cols, picture.Rows));
        if (metadata.Exif is { } exif && metadata.Orientation > 1)
        {
            // Inserting makes it upright; put the orientation back.
            var at = bytes.AsSpan().IndexOf(exif.AsSpan(0, 18)) + 18;
            exif.AsSpan(18, 2).CopyTo(bytes.AsSpan(at));
        }
        return _folder.Write(name, bytes);
    }

    /// <summary>The first directory once more at the end of the file, with one entry more (or another value for it).</summary>
    static byte[] WithTiffEntry(byte[] file, int tag, int value)
    {
        var at = BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(4));
        var count = BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(at));
        byte[] entry = [(byte)tag, (byte)(tag >> 8), 3, 0, 1, 0, 0, 0, (byte)value, 0, 0, 0];
        var entries = file[(at + 2)..(at + 2 + (12 * count))].Chunk(12)
            .Where(e => BinaryPrimitives.ReadUInt16LittleEndian(e) != tag).Append(entry)
            .OrderBy(e => BinaryPrimitives.ReadUInt16LittleEndian(e)).ToArray();
        byte[] result = [.. file, .. new byte[file.Length & 1]];
        BinaryPrimitives.WriteInt32LittleEndian(result.AsSpan(4), result.Length);
        return [.. result, (byte)entries.Length, 0, .. entries.SelectMany(e => e), 0, 0, 0, 0];
    }

    [Theory]
    [InlineData(MatType.CV_8U)]
    [InlineData(MatType.CV_16U)]
    public void Alpha_of_a_tiff_does_not_darken_its_colours(int depth)
    {
        using var picture = Noise.Picture(20, 10, MatType.MakeType(depth, 4));
        PictureFile.Write(_folder["plain.tif"], picture);
        const int extraSamples = 338, toBeMultiplied = 2;
        using var back = PictureFile.Read(_folder.Write("a.tif", WithTiffEntry(File.ReadAllBytes(_folder["plain.tif"]), extraSamples, toBeMultiplied)));
        Noise.AssertEqual(picture, back);
    }

    static PictureMetadata Read(string path) => PictureMetadata.Extract(File.ReadAllBytes(path), PictureFile.FormatOf(path)!.Value);

    [Theory]
    [InlineData("a.jpg", true)]
    [InlineData("a.jpg", false)]
    [InlineData("a.png", true)]
    [InlineData("a.tif", true)]
    [InlineData("a.webp", false)]
    public void The_eight_orientations_are_turned_upright(string name, bool isLittle)
    {
        // A quarter of each picture is bright, so that every turn differs.
        using var scene = Noise.Scene(48, 32, MatType.CV_8UC1);
        using (var corner = scene.SubMat(new Rect(0, 0, 24, 16)))
        {
            corner.SetTo(new Scalar(255));
        }
        for (var orientation = 1; orientation <= 8; orientation++)
        {
            var path = Write(name, scene, new PictureMetadata(Exif(orientation, isLittle), null, null));
            using var stored = PictureFile.Read(_folder["plain" + Path.GetExtension(name)]);
            using var upright = PictureFile.Read(path);
            var isTurned = orientation >= 5;
            Assert.Equal((isTurned ? 32 : 48, isTurned ? 48 : 32), (upright.Cols, upright.Rows));
            for (var y = 0; y < upright.Rows; y++)
            {
                for (var x = 0; x < upright.Cols; x++)
                {
                    // Exif 2.3, tag Orientation: which stored row and column becomes the visual top and left.
                    var (column, row) = orientation switch
                    {
                        1 => (x, y),
                        2 => (47 - x, y),
                        3 => (47 - x, 31 - y),
                        4 => (x, 31 - y),
                        5 => (y, x),
                        6 => (y, 31 - x),
                        7 => (47 - y, 31 - x),
                        _ => (47 - y, x),
                    };
                    Assert.Equal(stored.At<byte>(row, column), upright.At<byte>(y, x));
                }
            }
        }
    }

    [Theory]
    [InlineData("a.jpg", "b.jpg")]
    [InlineData("a.png", "b.png")]
    [InlineData("a.webp", "b.webp")]
    [InlineData("a.jpg", "b.png")]
    [InlineData("a.png", "b.jpg")]
    [InlineData("a.jpg", "b.webp")]
    public void Blocks_go_along_upright_and_without_preview(string source, string target)
    {
        using var picture = Noise.Scene(48, 32, MatType.CV_8UC3);
        var metadata = new PictureMetadata(Exif(6), Profile("RGB ", 150_000), s_xmp);
        var path = Write(source, picture, metadata);
        using var rainy = PictureFile.Read(path);
        PictureFile.Write(_folder[target], rainy, new PictureWriteOptions { MetadataFrom = path });

        var written = Read(_folder[target]);
        Assert.Equal(metadata.Profile, written.Profile);
        Assert.Equal(s_xmp, written.Xmp);
        Assert.Equal(1, written.Orientation);
        Assert.Equal(Exif(1)[..34], written.Exif![..34]);
        Assert.Equal(0, BinaryPrimitives.ReadInt32LittleEndian(written.Exif.AsSpan(34)));
        using var back = PictureFile.Read(_folder[target]);
        Assert.Equal((32, 48), (back.Cols, back.Rows));
        Assert.True(Quality.PsnrRgb(back, rainy) > 30);
    }

    [Theory]
    [InlineData("a.jpg", "b.tif", true)]
    [InlineData("a.webp", "b.tif", false)]
    public void A_tiff_takes_the_blocks_and_hands_them_on(string source, string tiff, bool isLittle)
    {
        using var picture = Noise.Picture(48, 32, MatType.CV_8UC3);
        var metadata = new PictureMetadata(WithExposure(isLittle), Profile("RGB ", 150_001), s_xmp);
        var path = Write(source, picture, metadata);
        using var rainy = PictureFile.Read(path);
        PictureFile.Write(_folder[tiff], rainy, new PictureWriteOptions { MetadataFrom = path });
        PictureFile.Write(_folder["again.tif"], rainy, new PictureWriteOptions { MetadataFrom = _folder[tiff] });
        PictureFile.Write(_folder["last.png"], rainy, new PictureWriteOptions { MetadataFrom = _folder["again.tif"] });
        foreach (var name in new[] { tiff, "again.tif", "last.png" })
        {
            var written = Read(_folder[name]);
            Assert.Equal(metadata.Profile, written.Profile);
            Assert.Equal(s_xmp, written.Xmp);
            Assert.Equal(1, written.Orientation);
            var (copyright, exposure) = Values(written.Exif!);
            Assert.Equal("me and you!\0"u8.ToArray(), copyright);
            Assert.Equal((1u, 250u), exposure);
            using var back = PictureFile.Read(_folder[name]);
            Noise.AssertEqual(rainy, back);
        }
    }

    /// <summary>A copyright that does not fit its entry, and a directory with an exposure time of 1/250 s.</summary>
    static byte[] WithExposure(bool isLittle)
    {
        using var stream = new MemoryStream();
        byte[] Number(uint value, int size)
        {
            var bytes = BitConverter.GetBytes(value)[..size];
            return isLittle ? bytes : [.. bytes.Reverse()];
        }
        void Entry(uint tag, uint type, uint count, uint value) => stream.Write([.. Number(tag, 2), .. Number(type, 2), .. Number(count, 4), .. Number(value, 4)]);
        stream.Write(isLittle ? "II"u8 : "MM"u8);
        stream.Write([.. Number(42, 2), .. Number(8, 4), .. Number(2, 2)]);
        Entry(0x8298, 2, 12, 38);
        Entry(0x8769, 4, 1, 50);
        stream.Write(Number(0, 4));
        stream.Write("me and you!\0"u8);
        stream.Write(Number(1, 2));
        Entry(0x829A, 5, 1, 68);
        stream.Write([.. Number(0, 4), .. Number(1, 4), .. Number(250, 4)]);
        return stream.ToArray();
    }

    /// <summary>The two values of <see cref="WithExposure"/>, found in a block of any order and place.</summary>
    static (byte[] Copyright, (uint, uint) Exposure) Values(byte[] exif)
    {
        uint At(int at, int size) => (exif[0], size) switch
        {
            ((byte)'I', 2) => BinaryPrimitives.ReadUInt16LittleEndian(exif.AsSpan(at)),
            ((byte)'I', _) => BinaryPrimitives.ReadUInt32LittleEndian(exif.AsSpan(at)),
            (_, 2) => BinaryPrimitives.ReadUInt16BigEndian(exif.AsSpan(at)),
            _ => BinaryPrimitives.ReadUInt32BigEndian(exif.AsSpan(at)),
        };
        int Entry(int directory, uint tag)
        {
            var count = (int)At(directory, 2);
            return Enumerable.Range(0, count).Select(i => directory + 2 + (12 * i)).Single(at => At(at, 2) == tag);
        }
        var first = (int)At(4, 4);
        var copyright = Entry(first, 0x8298);
        var exposure = (int)At(Entry((int)At(Entry(first, 0x8769) + 8, 4), 0x829A) + 8, 4);
        return (exif.AsSpan((int)At(copyright + 8, 4), (int)At(copyright + 4, 4)).ToArray(), (At(exposure, 4), At(exposure + 4, 4)));
    }

    [Fact]
    public void Alpha_of_a_webp_stays_beside_the_blocks()
    {
        using var picture = Noise.Picture(48, 32, MatType.CV_8UC4);
        Noise.Row(picture, 3).Fill(200);
        foreach (var isLossless in new[] { true, false })
        {
            var path = Write("a.jpg", Colour(picture), new PictureMetadata(Exif(1), Profile("RGB ", 301), s_xmp));
            PictureFile.Write(_folder["b.webp"], picture, new PictureWriteOptions { MetadataFrom = path, Lossless = isLossless, Overwrite = true });
            Assert.Equal(isLossless, PictureFile.Probe(_folder["b.webp"]).IsLossless);
            using var back = PictureFile.Read(_folder["b.webp"]);
            Assert.Equal(picture.Type(), back.Type());
            using var alpha = new Mat();
            using var expected = new Mat();
            Cv2.ExtractChannel(back, alpha, 3);
            Cv2.ExtractChannel(picture, expected, 3);
            Noise.AssertEqual(expected, alpha);
            Assert.Equal(s_xmp, Read(_folder["b.webp"]).Xmp);
        }
    }

    static Mat Colour(Mat picture)
    {
        var colour = new Mat();
        Cv2.CvtColor(picture, colour, ColorConversionCodes.BGRA2BGR);
        return colour;
    }

    [Fact]
    public void A_profile_for_other_channels_stays_behind()
    {
        using var picture = Noise.Scene(48, 32, MatType.CV_8UC3);
        var path = Write("a.jpg", picture, new PictureMetadata(null, Profile("CMYK", 200), s_xmp));
        PictureFile.Write(_folder["b.jpg"], picture, new PictureWriteOptions { MetadataFrom = path });
        Assert.Null(Read(_folder["b.jpg"]).Profile);
        Assert.Equal(s_xmp, Read(_folder["b.jpg"]).Xmp);
    }

    [Fact]
    public void A_source_without_metadata_adds_none()
    {
        using var picture = Noise.Scene(48, 32, MatType.CV_8UC3);
        PictureFile.Write(_folder["a.jpg"], picture);
        PictureFile.Write(_folder["b.jpg"], picture, new PictureWriteOptions { MetadataFrom = _folder["a.jpg"] });
        PictureFile.Write(_folder["c.bmp"], picture, new PictureWriteOptions { MetadataFrom = _folder["a.jpg"] });
        Assert.Equal(File.ReadAllBytes(_folder["a.jpg"]), File.ReadAllBytes(_folder["b.jpg"]));
    }

    [Fact]
    public void A_profile_that_unpacks_without_end_is_refused()
    {
        using var picture = Noise.Scene(16, 16, MatType.CV_8UC3);
        PictureFile.Write(_folder["plain.png"], picture);
        var bomb = new byte[40 << 20];
        Encoding.ASCII.GetBytes("RGB ").CopyTo(bomb, 16);
        var bytes = new PictureMetadata(null, bomb, null).InsertInto(File.ReadAllBytes(_folder["plain.png"]), new PictureHeader(PictureFormat.Png, 16, 16));
        Assert.InRange(bytes.Length, 1, 1 << 20);
        Assert.Null(PictureMetadata.Extract(bytes, PictureFormat.Png).Profile);
        Assert.Contains("when unpacked", Assert.Throws<PictureFileException>(() => PictureFile.Read(_folder.Write("a.png", bytes))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Damaged_blocks_are_left_out_or_read_but_never_crash()
    {
        using var picture = Noise.Scene(16, 16, MatType.CV_8UC3);
        foreach (var name in new[] { "a.jpg", "a.png", "a.webp" })
        {
            var bytes = File.ReadAllBytes(Write(name, picture, new PictureMetadata(Exif(3), Profile("RGB ", 300), s_xmp)));
            var random = new Random(9);
            for (var i = 0; i < 3000; i++)
            {
                var damaged = (byte[])bytes.Clone();
                damaged[20 + random.Next(Math.Min(700, bytes.Length - 20))] = (byte)random.Next(256);
                var metadata = PictureMetadata.Extract(damaged, PictureFile.FormatOf(name)!.Value);
                Assert.InRange(metadata.Orientation, 1, 8);
                metadata.InsertInto(bytes, new PictureHeader(PictureFile.FormatOf(name)!.Value, 16, 16));
            }
        }
    }
}
