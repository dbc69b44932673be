using System.Buffers.Binary;
using System.IO.Compression;
using NLCL.CommandLine;

namespace NLCL.Tools.Tests;

/// <summary>Names, places and contents that mean harm, or a disk that is full: one line, the documented code, nothing left.</summary>
public sealed class DerainHostileTests : IDisposable
{
    static readonly string s_derain = $"dotnet '{Repository.Program("NLCL.Derain", "nlcl-derain")}' derain";

    readonly TemporaryFolder _folder = new();

    public DerainHostileTests() => Nlcl.Ffmpeg("-f", "lavfi", "-i", "testsrc2=s=64x48:r=25", "-frames:v", "10", "-pix_fmt", "yuv420p", "-c:v", "libx264", _folder["clip.mp4"]);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Any_name_is_only_a_name()
    {
        string longest = new string('r', 251) + ".mp4";
        Bash($$"""
            cp clip.mp4 -- '-y.mp4' && cp clip.mp4 $'a \'"\n$(touch x).mp4' && mkdir out && ln -s clip.mp4 link.mp4
            {{s_derain}} -- -y.mp4 -o.mp4 && {{s_derain}} $'a \'"\n$(touch x).mp4' out/ && {{s_derain}} link.mp4 out/{{longest}}
            """).Expect(ExitCodes.Success);
        Assert.Equal(["-o.mp4", "-y.mp4", "a '\"\n$(touch x).mp4", "clip.mp4", "link.mp4", "out/" + "a '\"\n$(touch x).mp4", "out/" + longest], _folder.Files());
    }

    [Fact]
    public void A_name_that_is_no_text_is_reported()
    {
        Assert.Contains("not there", Bash($"cp clip.mp4 $'\\xff\\xfe.mp4'; {s_derain} $'\\xff\\xfe.mp4' out.mp4").Expect(ExitCodes.Input).OneErrorLine());
        ProgramResult folder = Bash($"mkdir in; mv $'\\xff\\xfe.mp4' clip.mp4 in; {s_derain} in out --json").Expect(ExitCodes.Partial);
        Assert.Equal(1, (int?)folder.JsonLines()[^1]["failed"]);
        Assert.Equal(1, (int?)folder.JsonLines()[^1]["succeeded"]);
        Bash("rm -r in").Expect(0); // .NET cannot name it to delete it
    }

    [Theory]
    [InlineData("ln -s loop.mp4 loop.mp4", "loop.mp4 out.mp4", ExitCodes.Input)]
    [InlineData("ln -s clip.mp4 link.mp4", "clip.mp4 link.mp4 -y", ExitCodes.Usage)]
    [InlineData("true", "clip.mp4 clip.mp4 -y", ExitCodes.Usage)]
    [InlineData("true", "clip.mp4 ./../$(basename $PWD)/clip.mp4 -y", ExitCodes.Usage)]
    [InlineData("true", "clip.mp4 /proc/out.mp4", ExitCodes.Output)]
    [InlineData("true", "clip.mp4 absent/out.mp4", ExitCodes.Output)]
    [InlineData("cp /bin/true wrong.mp4", "wrong.mp4 out.mp4", ExitCodes.Input)]
    [InlineData("cp clip.mp4 wrong.png", "wrong.png out.png", ExitCodes.Input)]
    [InlineData("ffmpeg -v error -f lavfi -i testsrc -frames:v 1 wrong.jpg; mv wrong.jpg wrong.mp4", "wrong.mp4 out.mp4", ExitCodes.Input)]
    [InlineData("head -c 1500 clip.mp4 > wrong.mp4", "wrong.mp4 out.mp4", ExitCodes.Input)]
    [InlineData("true", "clip.mp4 out.mp4 --codec nosuch", ExitCodes.Output)]
    [InlineData("true", "clip.mp4 out.avi --resume", ExitCodes.Output)]
    [InlineData("true", "clip.mp4 out.mp4 --segment 9999", ExitCodes.Usage)]
    [InlineData("true", "clip.mp4 out.mp4 --shard 0/3", ExitCodes.Usage)]
    public void A_wrong_place_or_content_is_one_line(string prepare, string arguments, int exitCode)
    {
        Bash(prepare).Expect(0);
        string[] before = _folder.Files();
        byte[] clip = File.ReadAllBytes(_folder["clip.mp4"]);
        Bash($"{s_derain} {arguments}").Expect(exitCode).OneErrorLine();
        Assert.Equal(before, _folder.Files());
        Assert.Empty(Directory.GetDirectories(_folder.Path));
        Assert.Equal(clip, File.ReadAllBytes(_folder["clip.mp4"]));
    }

    [Fact]
    public void A_pipe_is_no_photo_and_is_not_waited_for()
    {
        Assert.Contains("a pipe", Bash($"mkfifo pipe.png; timeout 30 {s_derain} pipe.png out.png").Expect(ExitCodes.Input).OneErrorLine());
        Bash("mkdir in; mv pipe.png in; ffmpeg -v error -i clip.mp4 -frames:v 1 in/whole.png").Expect(0);
        Assert.Contains("a pipe", Bash($"timeout 30 {s_derain} in out").Expect(ExitCodes.Partial).Errors);
        Assert.Equal(["clip.mp4", "in/pipe.png", "in/whole.png", "out/whole.png"], _folder.Files());
    }

    [Theory]
    [InlineData("derain damaged.png out.png", ExitCodes.Input)]
    [InlineData("evaluate --rainy in --clean in", ExitCodes.Input)]
    [InlineData("compare in out", ExitCodes.Partial)]
    [InlineData("collect in --output out", ExitCodes.Partial)]
    public void What_libraries_say_of_a_damaged_picture_is_said_once(string command, int exitCode)
    {
        Bash("ffmpeg -v error -f lavfi -i testsrc2=s=160x120 -frames:v 1 damaged.png && mkdir in && cp damaged.png in/whole.png").Expect(0);
        byte[] picture = File.ReadAllBytes(_folder["damaged.png"]);
        picture.AsSpan(picture.Length / 2, 60).Fill(0x5a);
        File.WriteAllBytes(_folder["damaged.png"], picture);
        Bash("cp damaged.png in").Expect(0);
        string[] lines = Bash($"{s_derain[..^"derain".Length]}{command}").Expect(exitCode).Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Contains("damaged.png", Assert.Single(lines));
    }

    [Theory]
    [InlineData("bomb.png", "out.png", 30000)]
    [InlineData("bomb.mkv", "out.mkv", 16000)] // ffmpeg itself makes no Matroska file of the larger one
    [InlineData("bomb.y4m", "out.mkv", 30000)]
    public void A_picture_that_unpacks_to_gigabytes_is_refused_by_its_header(string input, string output, int side)
    {
        File.WriteAllBytes(_folder["bomb.png"], Bomb(side));
        if (input == "bomb.mkv") { Nlcl.Ffmpeg("-framerate", "25", "-f", "png_pipe", "-i", _folder["bomb.png"], "-c", "copy", _folder["bomb.mkv"]); }
        File.WriteAllText(_folder["bomb.y4m"], "YUV4MPEG2 W30000 H30000 F25:1 Ip A1:1 C420jpeg\nFRAME\n");
        Assert.Contains($"{side}", Bash($"{s_derain} {input} {output}").Expect(ExitCodes.Input).OneErrorLine());
        Assert.False(File.Exists(_folder[output]));
    }

    [Fact]
    public void After_a_full_disk_was_freed_the_job_goes_on()
    {
        Assert.SkipUnless(Environment.UserName == "root", "mounting a small tmpfs needs root");
        Directory.CreateDirectory(_folder["small"]);
        ProgramResult mounted = Nlcl.Run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", _folder["small"]);
        Assert.SkipUnless(mounted.ExitCode == 0, "no tmpfs can be mounted here: " + mounted.Errors);
        try
        {
            Nlcl.Ffmpeg("-f", "lavfi", "-i", "testsrc2=s=160x120:r=25", "-frames:v", "60", "-pix_fmt", "yuv420p", "-c:v", "libx264", _folder["in.mp4"]);
            string job = $"{s_derain} in.mp4 small/out.mkv --codec ffv1 --segment 0.4";
            string line = Bash(job).Expect(ExitCodes.Output).OneErrorLine();
            Assert.Contains("small/out.mkv", line);
            Assert.Contains("space", line);
            Assert.False(File.Exists(_folder["small/out.mkv"]));
            Nlcl.Run("mount", "-o", "remount,size=50m", _folder["small"]).Expect(0);
            Assert.Contains("of an earlier run", Bash(job + " --resume").Expect(ExitCodes.Success).Errors);
            Bash($"{s_derain} in.mp4 whole.mkv --codec ffv1 --segment 0.4").Expect(ExitCodes.Success);
            Assert.Equal(Frames("whole.mkv"), Frames("small/out.mkv"));
            Assert.Equal(["out.mkv"], Directory.EnumerateFileSystemEntries(_folder["small"]).Select(Path.GetFileName));
        }
        finally
        {
            Nlcl.Run("umount", "-l", _folder["small"]).Expect(0);
        }
    }

    ProgramResult Bash(string script) => Nlcl.Run("bash", "-c", $"cd '{_folder.Path}' || exit 99\n{script}");

    string Frames(string name) => Nlcl.Run("ffmpeg", "-v", "error", "-i", _folder[name], "-map", "0:v", "-f", "md5", "-").Expect(0).Output;

    // A 1-bit PNG of zeros: 109 kB for 900 million pixels.
    static byte[] Bomb(int side)
    {
        using MemoryStream packed = new();
        using (ZLibStream zlib = new(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            byte[] row = new byte[1 + ((side + 7) / 8)];
            for (int y = 0; y < side; y++) { zlib.Write(row); }
        }
        byte[] header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, side);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), side);
        header[8] = 1;
        return [0x89, .. "PNG\r\n\x1a\n"u8, .. Chunk("IHDR"u8, header), .. Chunk("IDAT"u8, packed.ToArray()), .. Chunk("IEND"u8, [])];
    }

    static byte[] Chunk(ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        byte[] chunk = new byte[data.Length + 12];
        BinaryPrimitives.WriteInt32BigEndian(chunk, data.Length);
        type.CopyTo(chunk.AsSpan(4));
        data.CopyTo(chunk.AsSpan(8));
        uint crc = uint.MaxValue;
        foreach (byte value in chunk.AsSpan(4, data.Length + 4))
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++) { crc = (crc & 1) != 0 ? (crc >> 1) ^ 0xEDB88320 : crc >> 1; }
        }
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(data.Length + 8), ~crc);
        return chunk;
    }
}
