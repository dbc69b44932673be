using System.Diagnostics;
using System.Globalization;
using NLCL.Runtime;

namespace NLCL.Derain;

/// <summary>
/// NLCL and its peers on one clip, H.264 to H.264 by the same encoder with the same settings, and beside them what the parts
/// cost alone: their CPU time over the cores is the ceiling of any pipeline on a CPU.
/// </summary>
sealed class ClipRace : IDisposable
{
    public const string Decode = "decode alone";
    public const string Network = "network alone";
    public const string Encode = "encode alone";
    public const string Whole = "NLCL end to end";

    /// <summary>What NLCL asks of libx264 by default.</summary>
    static readonly string[] s_encoder = ["-c:v", "libx264", "-crf", "16", "-preset", "medium", "-pix_fmt", "yuv420p"];

    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nlcl-benchmark-");
    readonly Derainer _derainer;
    readonly FrameSize _size;
    readonly int _frames;
    readonly CancellationToken _cancellation;

    public ClipRace(Derainer derainer, FrameSize size, int frames, CancellationToken cancellation)
    {
        (_derainer, _size, _frames, _cancellation) = (derainer, size, frames, cancellation);
        TestClip.Make(Clip, size, frames, cancellation);
        TestClip.Run(["-i", Clip, "-f", "rawvideo", Raw], cancellation);
    }

    /// <summary>Resident memory of <c>nlcl derain</c> on the clip, at most, in bytes; 0: not measured.</summary>
    public long PeakBytes { get; private set; }

    public int Frames => _frames;

    /// <summary>Once through the path here, and once in a process of its own, for this one holds the other contestants too.</summary>
    public void WarmUp()
    {
        Derain(_derainer);
        PeakBytes = OwnProgram.Run(
        [
            "derain", Clip, Output, "--overwrite", "--model", _derainer.Model.Path, "--precision", _derainer.Device.Precision,
            "--device", _derainer.Device.Chosen.ToString(), "--threads", _derainer.Device.Threads.ToString(CultureInfo.InvariantCulture),
        ], TimeSpan.MaxValue, _cancellation).PeakBytes;
    }

    string Clip => Path.Combine(_folder.FullName, "rainy.mkv");

    string Raw => Path.Combine(_folder.FullName, "rainy.yuv");

    public IReadOnlyList<Lap> Run(IEnumerable<(string Name, Derainer Derainer)> variants, IEnumerable<IPeer> peers, int rounds)
    {
        using SideBySide sideBySide = new(_derainer, _size, PixelFormat.I420);
        List<Contestant> contestants =
        [
            new(Whole, () => Derain(_derainer)),
            new(Decode, () => TestClip.Run(["-i", Clip, "-c:v", "rawvideo", "-f", "nut", "/dev/null"], _cancellation)),
            new(Network, () => sideBySide.Derain(_frames, _cancellation)),
            new(Encode, () => TestClip.Run([.. RawInput("yuv420p"), "-i", Raw, .. s_encoder, Output], _cancellation)),
        ];
        foreach ((string name, Derainer derainer) in variants) { contestants.Add(new($"{Whole}, {name}", () => Derain(derainer))); }
        foreach (IPeer peer in peers) { contestants.Add(new(peer.Name, () => RunPeer(peer), IsPeer: true)); }
        return Rounds.Run(contestants, rounds, warmUp: false, _cancellation);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    string Output => Path.Combine(_folder.FullName, "clear.mkv");

    void Derain(Derainer derainer)
    {
        // As a clip that was never asked about: the runtime remembers what ffprobe said of the last one.
        File.SetLastWriteTimeUtc(Clip, DateTime.UtcNow);
        new VideoDerainer(derainer, new VideoOptions { Overwrite = true }).Derain(Clip, Output, null, _cancellation);
    }

    /// <summary>Frame by frame through pipes of packed pixels, as people write it.</summary>
    void RunPeer(IPeer peer)
    {
        using Process decoder = Start(["-i", Clip, "-f", "rawvideo", "-pix_fmt", "bgr24", "pipe:1"]);
        using Process encoder = Start([.. RawInput("bgr24"), "-i", "pipe:0", .. s_encoder, Output]);
        byte[] rainy = new byte[3 * _size.Pixels], background = new byte[rainy.Length];
        while (decoder.StandardOutput.BaseStream.ReadAtLeast(rainy, rainy.Length, throwOnEndOfStream: false) == rainy.Length)
        {
            _cancellation.ThrowIfCancellationRequested();
            peer.Run(rainy, background, _size.Width, _size.Height);
            encoder.StandardInput.BaseStream.Write(background);
        }
        encoder.StandardInput.Close();
        encoder.WaitForExit();
        decoder.WaitForExit();
    }

    string[] RawInput(string pixels) => ["-f", "rawvideo", "-pix_fmt", pixels, "-video_size", _size.ToString(), "-framerate", "25"];

    static Process Start(IEnumerable<string> arguments) =>
        Process.Start(new ProcessStartInfo("ffmpeg", ["-hide_banner", "-loglevel", "error", "-y", .. arguments]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
}
