using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using OpenCvSharp;

namespace NLCL.Runtime.Tests;

/// <summary>Kinds of files that decoders get wrong: right colours, or one clear line.</summary>
public sealed class PictureKindTests : IDisposable
{
    readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>
    /// Baseline JPEG of 8 x 8 pixels of one colour in four inks: one block each, a DC value and the end of the block (ITU-T
    /// T.81, annexes B and F). DC codes are four bits long, the one AC code is a single bit.
    /// </summary>
    static byte[] FourInks(byte[] samples, bool saysAdobe)
    {
        List<byte> file = [0xFF, 0xD8];
        void Segment(byte marker, params byte[] data) => file.AddRange([0xFF, marker, (byte)((data.Length + 2) >> 8), (byte)(data.Length + 2), .. data]);
        if (saysAdobe)
        {
            Segment(0xEE, [.. "Adobe"u8, 0, 100, 0, 0, 0, 0, 0]);
        }
        Segment(0xDB, [0, .. Enumerable.Repeat((byte)1, 64)]);
        Segment(0xC0, [8, 0, 8, 0, 8, 4, .. Enumerable.Range(1, 4).SelectMany(id => new byte[] { (byte)id, 0x11, 0 })]);
        Segment(0xC4, [0x00, 0, 0, 0, 12, .. new byte[12], .. Enumerable.Range(0, 12).Select(i => (byte)i)]);
        Segment(0xC4, [0x10, 1, .. new byte[15], 0]);
        Segment(0xDA, [4, .. Enumerable.Range(1, 4).SelectMany(id => new byte[] { (byte)id, 0 }), 0, 63, 0]);
        var bits = new StringBuilder();
        foreach (var sample in samples)
        {
            var value = 8 * (sample - 128);
            var category = 32 - int.LeadingZeroCount(Math.Abs(value));
            bits.Append(Convert.ToString(category, 2).PadLeft(4, '0'));
            var code = (value < 0 ? value - 1 : value) & ((1 << category) - 1);
            bits.Append(category == 0 ? "" : Convert.ToString(code, 2).PadLeft(category, '0'));
            bits.Append('0');
        }
        while (bits.Length % 8 != 0)
        {
            bits.Append('1');
        }
        for (var i = 0; i < bits.Length; i += 8)
        {
            var value = Convert.ToByte(bits.ToString(i, 8), 2);
            file.AddRange(value == 0xFF ? [value, 0] : [value]);
        }
        return [.. file, 0xFF, 0xD9];
    }

    /// <summary>A second directory that is a page, a preview, a mask, the first one again, or nowhere.</summary>
    [Theory]
    [InlineData(0, "3 pages")]
    [InlineData(1, null)]
    [InlineData(4, null)]
    public void Pages_are_counted_and_previews_are_none(byte newSubfileType, string? found)
    {
        using var picture = Noise.Picture(20, 10, MatType.CV_8UC3);
        PictureFile.Write(_folder["a.tif"], picture);
        var bytes = File.ReadAllBytes(_folder["a.tif"]);
        var link = LinkOf(bytes);
        byte[] Directory(int next) => [1, 0, 254, 0, 4, 0, 1, 0, 0, 0, newSubfileType, 0, 0, 0, .. BitConverter.GetBytes(next)];
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(link), bytes.Length);
        // Three in all, the last with a link back to the second.
        _folder.Write("b.tif", [.. bytes, .. Directory(bytes.Length + 18), .. Directory(bytes.Length)]);
        if (found is null)
        {
            using var read = PictureFile.Read(_folder["b.tif"]);
            Noise.AssertEqual(picture, read);
        }
        else
        {
            Assert.Contains(found, Assert.Throws<PictureFileException>(() => PictureFile.Read(_folder["b.tif"])).Message, StringComparison.Ordinal);
        }
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(link), 1 << 30);
        using var loose = PictureFile.Read(_folder.Write("c.tif", bytes));
        Noise.AssertEqual(picture, loose);
    }

    static int LinkOf(byte[] tiff) => TiffHeader.Directory(tiff, out var first, out var count) ? first + (12 * count) : 0;

    [Theory]
    [InlineData(255, 255, 255, 255)]
    [InlineData(255, 0, 0, 255)]
    [InlineData(200, 100, 50, 255)]
    [InlineData(200, 100, 50, 128)]
    [InlineData(10, 20, 30, 0)]
    public void A_jpeg_of_inverted_inks_has_the_right_colours(byte red, byte green, byte blue, byte black)
    {
        using var picture = PictureFile.Read(_folder.Write("a.jpg", FourInks([red, green, blue, black], saysAdobe: true)));
        Assert.Equal(MatType.CV_8UC3, picture.Type());
        var pixel = picture.At<Vec3b>(4, 4);
        // Paper shows through each ink and through black.
        Assert.InRange(pixel.Item2, (red * black / 255) - 2, (red * black / 255) + 2);
        Assert.InRange(pixel.Item1, (green * black / 255) - 2, (green * black / 255) + 2);
        Assert.InRange(pixel.Item0, (blue * black / 255) - 2, (blue * black / 255) + 2);
    }

    [Fact]
    public void A_jpeg_of_inks_that_does_not_say_which_way_is_refused() => Refused("a.jpg", FourInks([1, 2, 3, 4], saysAdobe: false), "CMYK");

    [Theory]
    [InlineData(0xC3, 8, "lossless")]
    [InlineData(0xC1, 12, "12 bits")]
    public void A_jpeg_of_a_rare_kind_is_refused_by_its_name(byte frame, byte bits, string word) =>
        Refused("a.jpg", [0xFF, 0xD8, 0xFF, frame, 0, 17, bits, 0, 8, 0, 8, 3, 1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0, 0xFF, 0xDA, 0xFF, 0xD9], word);

    public static TheoryData<string, (int Tag, int Value)[]> Tiffs() => new()
    {
        { "inks", [(262, 5), (277, 4), (258, 8)] },
        { "L*a*b*", [(262, 8), (277, 3), (258, 8)] },
        { "grey TIFF with alpha", [(262, 1), (277, 2), (258, 8)] },
        { "64-bit floats", [(262, 1), (258, 64), (339, 3)] },
        { "16-bit floats", [(262, 1), (258, 16), (339, 3)] },
        { "32-bit integers", [(262, 1), (258, 32)] },
        { "signed", [(262, 1), (258, 16), (339, 2)] },
    };

    [Theory]
    [MemberData(nameof(Tiffs))]
    public void A_tiff_that_would_be_misread_is_refused_by_its_kind(string word, (int Tag, int Value)[] entries)
    {
        byte[] Entry(int tag, int value) => [(byte)tag, (byte)(tag >> 8), 3, 0, 1, 0, 0, 0, (byte)value, (byte)(value >> 8), 0, 0];
        Refused("a.tif", [.. "II*\0"u8, 8, 0, 0, 0, (byte)(entries.Length + 2), 0, .. Entry(256, 10), .. Entry(257, 10), .. entries.SelectMany(e => Entry(e.Tag, e.Value)), 0, 0, 0, 0], word);
    }

    [Fact]
    public void A_bmp_of_runs_is_refused()
    {
        using var picture = Noise.Picture(8, 8, MatType.CV_8UC1);
        PictureFile.Write(_folder["plain.bmp"], picture);
        var bytes = File.ReadAllBytes(_folder["plain.bmp"]);
        bytes[30] = 1;
        Refused("a.bmp", bytes, "compressed");
    }

    [Theory]
    [InlineData(".bmp", 1)]
    [InlineData(".bmp", 4)]
    [InlineData(".tif", 3)]
    [InlineData(".webp", 3)]
    [InlineData(".webp", 4)]
    public void A_file_cut_off_is_not_filled_up_with_grey(string extension, int channels)
    {
        using var picture = Noise.Picture(64, 48, MatType.CV_8UC(channels));
        PictureFile.Write(_folder["a" + extension], picture);
        var bytes = File.ReadAllBytes(_folder["a" + extension]);
        for (var i = 0; i < 50; i++)
        {
            var path = _folder.Write("b" + extension, bytes[..(bytes.Length * i / 50)]);
            Assert.Throws<PictureFileException>(() => PictureFile.Read(path));
        }
    }

    [Fact]
    public void A_webp_without_loss_keeps_every_pixel()
    {
        using var picture = Noise.Picture(37, 21, MatType.CV_8UC3);
        PictureFile.Write(_folder["a.webp"], picture, new PictureWriteOptions { Lossless = true, Quality = 10 });
        Assert.True(PictureFile.Probe(_folder["a.webp"]).IsLossless);
        using var back = PictureFile.Read(_folder["a.webp"]);
        Noise.AssertEqual(picture, back);
    }

    [Theory]
    [InlineData("zTXt", 5 << 20, 1)]
    [InlineData("iCCP", 60 << 20, 1)]
    [InlineData("iTXt", 5 << 20, 1)]
    [InlineData("zTXt", 3 << 20, 10)]
    public void Texts_that_unpack_300_to_1_are_refused(string type, int size, int count)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            zlib.Write(new byte[size]);
        }
        Assert.True(packed.Length * 300 < size);
        using var picture = Noise.Picture(8, 8, MatType.CV_8UC3);
        PictureFile.Write(_folder["plain.png"], picture);
        var file = File.ReadAllBytes(_folder["plain.png"]);
        byte[] data = type == "iTXt" ? [.. "a\0"u8, 1, 0, .. "de\0b\0"u8, .. packed.ToArray()] : [.. "a\0"u8, 0, .. packed.ToArray()];
        var chunk = new byte[12 + data.Length];
        BinaryPrimitives.WriteInt32BigEndian(chunk, data.Length);
        Encoding.ASCII.GetBytes(type).CopyTo(chunk, 4);
        data.CopyTo(chunk, 8);
        const int behindHeader = 33;
        Refused("a.png", [.. file[..behindHeader], .. Enumerable.Repeat(chunk, count).SelectMany(c => c), .. file[behindHeader..]], "when unpacked");
    }

    [Fact]
    public void A_png_of_more_rows_than_its_data_can_hold_is_refused()
    {
        using var picture = Noise.Picture(8, 8, MatType.CV_8UC3);
        PictureFile.Write(_folder["a.png"], picture);
        var bytes = File.ReadAllBytes(_folder["a.png"]);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(16), 9000);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(20), 9000);
        Refused("a.png", bytes, "ends too early");
    }

    void Refused(string name, byte[] file, string word)
    {
        var failure = Assert.Throws<PictureFileException>(() => PictureFile.Read(_folder.Write(name, file)));
        Assert.Contains(word, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', failure.Message);
    }
}
