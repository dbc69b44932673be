using System.Collections.Concurrent;

namespace NLCL.Runtime;

/// <summary>
/// Decoding and encoding on an NVIDIA GPU, where there is one and ffmpeg can use it. A list of encoders says only what
/// ffmpeg was built with, so both are tried for a moment.
/// </summary>
/// <param name="Decodes">The GPU decodes (NVDEC); ffmpeg falls back by itself for codecs that it does not know.</param>
/// <param name="Encodes">The GPU encodes (NVENC).</param>
sealed record HardwareVideo(bool Decodes, bool Encodes)
{
    /// <summary>All on the CPU.</summary>
    public static HardwareVideo None { get; } = new(false, false);

    /// <summary>Options before -i.</summary>
    public IEnumerable<string> DecoderArguments => Decodes ? ["-hwaccel", "cuda"] : [];

    // Each trial starts CUDA, most of a second: once for each ffmpeg of a process, both at the same time.
    static readonly ConcurrentDictionary<string, HardwareVideo> s_found = new(StringComparer.Ordinal);

    /// <summary>Finds out what works here.</summary>
    public static HardwareVideo Find(FfmpegTool tool, VideoOptions options, CancellationToken cancellationToken) =>
        options.Hardware && NvidiaGpu.Missing() is null ? s_found.GetOrAdd(tool.Ffmpeg, _ => Try(tool, cancellationToken)) : None;

    static HardwareVideo Try(FfmpegTool tool, CancellationToken cancellationToken)
    {
        var decodes = Task.Run(() => Works(tool, ["-init_hw_device", "cuda"], "wrapped_avframe", cancellationToken), CancellationToken.None);
        var encodes = Works(tool, [], "h264_nvenc", cancellationToken);
        return new(decodes.GetAwaiter().GetResult(), encodes);
    }

    /// <summary>The GPU's encoder instead of the CPU's, where it holds the same samples.</summary>
    public string Encoder(string codec, string pixelFormat) => Encodes && codec == "libx264" && pixelFormat is "yuv420p" or "yuvj420p" ? "h264_nvenc" : codec;

    static bool Works(FfmpegTool tool, string[] device, string encoder, CancellationToken cancellationToken)
    {
        ChildProcess.Read(
            tool.Ffmpeg,
            ["-v", "error", "-nostdin", .. device, "-f", "lavfi", "-i", "color=s=256x256", "-frames:v", "1", "-pix_fmt", "yuv420p", "-c:v", encoder, "-f", "null", "-"],
            out var exitCode,
            out _,
            cancellationToken);
        return exitCode == 0;
    }
}
