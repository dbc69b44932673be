using System.Buffers.Binary;
using System.Text;

namespace NLCL.Runtime.Tests;

public sealed class PictureHeaderTests : IDisposable
{
    readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    static byte[] Png(uint width, uint height)
    {
        byte[] file = [0x89, .. "PNG\r\n"u8, 0x1A, (byte)'\n', 0, 0, 0, 13, .. "IHDR"u8, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0];
        BinaryPrimitives.WriteUInt32BigEndian(file.AsSpan(16), width);
        BinaryPrimitives.WriteUInt32BigEndian(file.AsSpan(20), height);
        return [.. file, .. new byte[100]];
    }

    static byte[] Jpeg(int width, int height) =>
        [0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 1, 2, 0xFF, 0xFF, 0xC2, 0, 8, 8, (byte)(height >> 8), (byte)height, (byte)(width >> 8), (byte)width, 3, 0xFF, 0xDA];

    static byte[] Bmp(int width, int height)
    {
        var file = new byte[126];
        "BM"u8.CopyTo(file);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(14), 40);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(18), width);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(22), height);
        return file;
    }

    static byte[] Tiff(params (ushort Tag, uint Value)[] entries)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write("II*\0"u8);
        writer.Write(8);
        writer.Write((ushort)entries.Length);
        foreach (var (tag, value) in entries)
        {
            writer.Write(tag);
            writer.Write((ushort)4);
            writer.Write(1);
            writer.Write(value);
        }
        writer.Write(0);
        return stream.ToArray();
    }

    static byte[] Pnm(string header) => [.. Encoding.ASCII.GetBytes(header), .. new byte[100]];

    static byte[] WebP(string kind, params byte[] data) => [.. "RIFF"u8, 99, 0, 0, 0, .. "WEBP"u8, .. Encoding.ASCII.GetBytes(kind), 9, 0, 0, 0, .. data, .. new byte[20]];

    public static TheoryData<string, byte[], int, int> Headers() => new()
    {
        { "png", Png(30000, 20000), 30000, 20000 },
        { "jpeg", Jpeg(65535, 300), 65535, 300 },
        { "bmp", Bmp(70, 5), 70, 5 },
        { "bmp from the top", Bmp(70, -5), 70, 5 },
        { "pgm", Pnm("P5 # one\n#two\n 7\t5\n255\n"), 7, 5 },
        { "ppm", Pnm("P6\n640 480\n65535\n"), 640, 480 },
        { "tiff", Tiff((256, 1234), (257, 77), (277, 3)), 1234, 77 },
        { "webp lossy", WebP("VP8 ", 0, 0, 0, 0x9D, 0x01, 0x2A, 0x80, 0x02, 0xE0, 0x41), 640, 480 },
        { "webp lossless", WebP("VP8L", 0x2F, 0xFF, 0xC0, 0x3F, 0), 256, 256 },
        { "webp extended", WebP("VP8X", 0, 0, 0, 0, 0xFF, 0x0F, 0, 0x01, 0, 0), 4096, 2 },
    };

    [Theory]
    [MemberData(nameof(Headers))]
    public void Size_is_read_without_decoding(string name, byte[] file, int width, int height)
    {
        var header = PictureFile.Probe(_folder.Write(name, file));
        Assert.Equal((width, height), (header.Width, header.Height));
    }

    [Theory]
    [MemberData(nameof(Headers))]
    public void A_header_cut_anywhere_is_a_documented_error(string name, byte[] file, int width, int height)
    {
        for (var length = 0; length < Math.Min(file.Length, 40); length++)
        {
            var path = _folder.Write(name, file[..length]);
            try
            {
                var header = PictureFile.Probe(path);
                Assert.Equal((width, height), (header.Width, header.Height));
            }
            catch (PictureFileException failure)
            {
                Assert.StartsWith(path, failure.Message, StringComparison.Ordinal);
            }
        }
    }

    public static TheoryData<string, byte[]> Bombs() => new()
    {
        { "30000 x 30000 png", Png(30000, 30000) },
        { "1 x 8000000 png", Png(1, 8_000_000) },
        { "png of 2^32 - 1", Png(uint.MaxValue, uint.MaxValue) },
        { "65535 x 65535 jpeg", Jpeg(65535, 65535) },
        { "bmp of 2^31 - 1", Bmp(int.MaxValue, int.MinValue) },
        { "tiff of 2^32 - 1", Tiff((256, uint.MaxValue), (257, uint.MaxValue)) },
        { "tiff of huge tiles", Tiff((256, 10), (257, 10), (322, 1 << 20), (323, 1 << 20)) },
        { "tiff of many samples", Tiff((256, 10), (257, 10), (277, 60000)) },
        { "webp of 2^24", WebP("VP8X", 0, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF) },
    };

    [Theory]
    [MemberData(nameof(Bombs))]
    public void A_bomb_is_refused_from_its_header_without_memory(string name, byte[] file)
    {
        var path = _folder.Write(name, file);
        Assert.Throws<PictureFileException>(() => PictureFile.Probe(path, new PictureLimits()));
        Assert.Throws<PictureFileException>(() => PictureFile.Read(path));
        var before = GC.GetAllocatedBytesForCurrentThread();
        var failure = Assert.Throws<PictureFileException>(() => PictureFile.Read(path));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 200_000);
        Assert.DoesNotContain('\n', failure.Message);
    }

    [Fact]
    public void Limits_are_the_callers_to_set()
    {
        var path = _folder.Write("a.png", Png(2000, 1000));
        Assert.Contains("2000 x 1000", Assert.Throws<PictureFileException>(() => PictureFile.Read(path, new PictureLimits { MaxPixels = 1_999_999 })).Message, StringComparison.Ordinal);
        Assert.Contains("2000 x 1000", Assert.Throws<PictureFileException>(() => PictureFile.Read(path, new PictureLimits { MaxSide = 1999 })).Message, StringComparison.Ordinal);
        Assert.Throws<PictureFileException>(() => PictureFile.Read(path, new PictureLimits { MaxFileBytes = 20 }));
        Assert.Equal(2000, PictureFile.Probe(path, new PictureLimits { MaxPixels = 2_000_000, MaxSide = 2000 }).Width);
        Assert.Throws<PictureFileException>(() => PictureFile.Probe(path, new PictureLimits { MaxPixels = 1_999_999 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => PictureFile.Read(path, new PictureLimits { MaxSide = 0 }));
        Assert.Equal((100_000_000L, 65_535, 1L << 30), (new PictureLimits().MaxPixels, new PictureLimits().MaxSide, new PictureLimits().MaxFileBytes));
    }

    [Fact]
    public void What_is_no_picture_is_refused()
    {
        foreach (var bytes in new byte[][] { [], "GIF89a"u8.ToArray(), "#!/bin/sh"u8.ToArray(), Png(0, 5) })
        {
            Assert.Throws<PictureFileException>(() => PictureFile.Read(_folder.Write("x.png", bytes)));
        }
        Assert.Contains("no such file", Assert.Throws<PictureFileException>(() => PictureFile.Read(_folder["none.png"])).Message, StringComparison.Ordinal);
    }
}
