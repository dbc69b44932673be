using System.Buffers.Binary;
namespace NLCL.Runtime.Tests;

public sealed class NutTests
{
    static readonly NutVideoFormat s_tiny = new("I420"u8.ToArray(), 4, 2, 0, 0, new Rational(1, 90000));

    [Fact]
    public void What_is_written_is_read_again()
    {
        long[] times = [0, 1, 3000, 3001, 90000, 1L << 40];
        using var file = new MemoryStream();
        var writer = new NutWriter(file, s_tiny with { SampleWidth = 4, SampleHeight = 3 }, new Rational(25, 1));
        foreach (var time in times)
        {
            writer.Write(time, Frame(time));
        }

        file.Position = 0;
        var reader = new NutReader(file);
        var frame = new byte[12];
        foreach (var time in times)
        {
            Assert.True(reader.TryRead(frame, out var pts));
            Assert.Equal(time, pts);
            Assert.Equal(Frame(time), frame);
        }

        Assert.False(reader.TryRead(frame, out _));
        Assert.Equal(new Rational(1, 90000), reader.Format.TimeBase);
        Assert.Equal((4, 2, 4, 3), (reader.Format.Width, reader.Format.Height, reader.Format.SampleWidth, reader.Format.SampleHeight));
    }

    // ffmpeg elides how small frames begin, codes small sizes in the frame code, and writes times in short.
    [Theory]
    [InlineData(8, 2)]
    [InlineData(16, 16)]
    [InlineData(64, 48)]
    [InlineData(200, 100)]
    public void Every_frame_of_ffmpeg_is_read(int width, int height)
    {
        using var folder = new VideoFolder();
        var size = $"{width}x{height}";
        var nut = folder.Make("a.nut", $"-f lavfi -i color=black:s={size}:r=25:d=0.4,format=yuv420p,geq=lum=0:cb=X*N:cr=1 -f lavfi -i testsrc2=s={size}:r=50:d=0.4 -filter_complex [1]format=yuv420p[b];[0][b]concat,setpts=PTS*(1+N/7) -vsync passthrough -enc_time_base 1/90000 -c:v rawvideo");
        var expected = folder.Samples(nut);
        var times = VideoFolder.Times(nut);
        using var file = File.OpenRead(nut);
        var reader = new NutReader(file);
        var frame = new byte[width * height * 3 / 2];
        for (var i = 0; i < times.Length; i++)
        {
            Assert.True(reader.TryRead(frame, out var pts));
            Assert.True(expected.AsSpan(i * frame.Length, frame.Length).SequenceEqual(frame));
            Assert.Equal(times[i], pts * reader.Format.TimeBase.Value, 6);
        }

        Assert.False(reader.TryRead(frame, out _));
        Assert.Equal(expected.Length, times.Length * frame.Length);
    }

    [Fact]
    public void Ffmpeg_reads_what_is_written()
    {
        using var folder = new VideoFolder();
        long[] times = [5, 6, 100, 1_000_000];
        using (var file = File.Create(folder["a.nut"]))
        {
            var writer = new NutWriter(file, s_tiny with { Width = 32, Height = 32, TimeBase = new Rational(1001, 30000) }, new Rational(30000, 1001));
            foreach (var time in times)
            {
                writer.Write(time, new byte[32 * 32 * 3 / 2]);
            }
        }

        Assert.Equal(times.Select(time => Math.Round(time * 1001 / 30000.0, 4)), VideoFolder.Times(folder["a.nut"]).Select(time => Math.Round(time, 4)));
        Assert.Equal("30000/1001", VideoFolder.Property(folder["a.nut"], "r_frame_rate"));
        Assert.Equal("yuv420p", VideoFolder.Property(folder["a.nut"], "pix_fmt"));
    }

    [Fact]
    public void Anything_cut_off_or_altered_is_an_error_or_an_end_and_never_a_hang()
    {
        using var file = new MemoryStream();
        var writer = new NutWriter(file, s_tiny, default);
        writer.Write(0, Frame(1));
        writer.Write(1, Frame(2));
        var good = file.ToArray();
        var random = new Random(7);
        for (var i = 0; i < 3000; i++)
        {
            var bad = good.AsSpan(0, i < good.Length ? i : good.Length).ToArray();
            for (var flips = i < good.Length ? 0 : random.Next(1, 4); flips > 0; flips--)
            {
                bad[random.Next(bad.Length)] ^= (byte)(1 << random.Next(8));
            }

            var reader = new NutReader(new MemoryStream(bad));
            var frame = new byte[12];
            try
            {
                while (reader.TryRead(frame, out _))
                {
                }
            }
            catch (Exception e) when (e is InvalidDataException or EndOfStreamException)
            {
            }
        }
    }

    [Fact]
    public void The_checksum_is_the_one_of_the_specification()
    {
        // The bit-by-bit definition.
        uint crc = 0;
        foreach (var value in "rain"u8)
        {
            for (var bit = 7; bit >= 0; bit--)
            {
                var feedback = (crc >> 31 ^ (uint)value >> bit & 1) != 0;
                crc = crc << 1 ^ (feedback ? 0x04C1_1DB7u : 0);
            }
        }

        Assert.Equal(crc, NutFormat.Checksum("rain"u8));
    }

    static byte[] Frame(long seed)
    {
        var frame = new byte[12];
        BinaryPrimitives.WriteInt64LittleEndian(frame, seed * 0x1234567);
        return frame;
    }
}
