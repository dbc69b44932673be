using System.CommandLine;
using NLCL.CommandLine;
using NLCL.Runtime;

namespace NLCL.Derain;

/// <summary>nlcl derain INPUT OUTPUT: photos, folders, globs, video files, streams and cameras.</summary>
static class DerainCommand
{
    public static Command Create()
    {
        Argument<string> input = new("INPUT") { Description = "A photo, a video file, a folder, a pattern such as 'shots/*.jpg', - for YUV4MPEG2 on standard input, camera:0, or an address: rtsp, rtmp, http, udp, rtp, srt" };
        Argument<string> output = new("OUTPUT") { Description = "A file for one input; a folder for a folder or a pattern; - for YUV4MPEG2 on standard output. The extension says the format." };
        Option<string?> model = ModelOption.Create("The derainer, an .onnx file or the name of one in models/. Default: models/nlcl.onnx for photos, models/nlcl-video.onnx for clips.");
        Option<DeviceKind> device = new("--device", "-d")
        {
            Description = "Where to compute. auto takes the fastest that works and says which.",
            DefaultValueFactory = _ => DeviceKind.Auto,
        };
        Option<ModelPrecision> precision = PrecisionOption.Create();
        Option<int?> scale = ScaleOption.Create();
        Option<bool> mirror = MirrorOption.Create();
        Option<int> threads = new("--threads") { Description = "CPU threads for the network; 0: one per physical core.", HelpName = "N" };
        Option<string?> codec = new("--codec") { Description = "Video encoder, by ffmpeg's name. Default: libx264 where the container takes it, libx265 for clips with a high dynamic range.", HelpName = "NAME" };
        Option<int?> quality = new("--quality") { Description = "Photos: JPEG or WebP quality 1..100 (95). Video: constant rate factor, lower is better (16).", HelpName = "N" };
        Option<int?> maxMegapixels = new("--max-megapixels") { Description = "Largest photo or frame, in million pixels (100). Raise it for files that you trust.", HelpName = "N" };
        Option<string?> preset = new("--preset") { Description = "Speed preset of the video encoder, e.g. veryfast.", HelpName = "NAME" };
        Option<bool> overwrite = new("--overwrite", "-y") { Description = "Replace outputs that exist." };
        Option<bool> resume = new("--resume") { Description = "Go on from what a stopped job has finished: segments of a clip, files of a folder." };
        Option<string?> shard = new("--shard") { Description = "Do part I of N of a clip or a folder; 'nlcl merge' joins the parts.", HelpName = "I/N" };
        Option<double?> segment = new("--segment") { Description = "Length of the segments that a clip is made in (2; up to 10 for frames below 1080p or on a GPU, up to 20 with NVENC); 0: in one go, which cannot be resumed.", HelpName = "SECONDS" };
        Option<bool> noSeek = new("--no-seek") { Description = "Decode a clip from its start to go on in its middle: for clips with intra refresh." };
        Option<bool> noHardware = new("--no-hardware") { Description = "Decode and encode on the CPU also where ffmpeg could use an NVIDIA GPU." };
        Option<bool> allowLosses = new("--allow-losses") { Description = "Leave out sound, subtitle and attachment streams that the output container cannot hold, instead of refusing." };
        Option<bool> allowDamaged = new("--allow-damaged") { Description = "Keep what can be read of a clip that ends early, instead of refusing." };
        Option<bool> allowPlaylists = new("--allow-playlists") { Description = "Open playlists and other inputs that name further local files." };
        Option<bool> json = new("--json") { Description = "One JSON object per line on standard output, one a second, the last with the result." };
        Command command = new("derain", "Take the rain out of a photo, a folder of photos, a video, or a camera.")
        {
            input, output, model, device, precision, scale, mirror, threads, codec, quality, preset, maxMegapixels, overwrite, resume, shard, segment, noSeek, noHardware, allowLosses, allowDamaged, allowPlaylists, json,
        };
        command.SetAction((parsed, cancellation) =>
        {
            ClipShard part = Shard(parsed.GetValue(shard));
            PictureLimits limits = LimitsOf(parsed.GetValue(maxMegapixels));
            bool goOn = parsed.GetValue(resume);
            DerainPlan plan = DerainPlan.Make(parsed.GetRequiredValue(input), parsed.GetRequiredValue(output), parsed.GetValue(overwrite), goOn);
            DerainerOptions options = new() { Device = parsed.GetValue(device), Precision = parsed.GetValue(precision), Threads = parsed.GetValue(threads), Mirrored = parsed.GetValue(mirror) };
            using ChosenModels models = new(ModelOption.Resolve(parsed.GetValue(model)), ModelOption.ResolveForClips(parsed.GetValue(model)), options);
            DerainJob job = new(plan, models)
            {
                Video = new VideoOptions
                {
                    Codec = parsed.GetValue(codec),
                    Quality = parsed.GetValue(quality),
                    Preset = parsed.GetValue(preset),
                    Overwrite = parsed.GetValue(overwrite),
                    Resume = goOn,
                    Shard = part,
                    SegmentLength = Length(parsed.GetValue(segment)),
                    Seek = !parsed.GetValue(noSeek),
                    Hardware = !parsed.GetValue(noHardware),
                    AllowLosses = parsed.GetValue(allowLosses),
                    AllowDamagedInput = parsed.GetValue(allowDamaged),
                    AllowPlaylists = parsed.GetValue(allowPlaylists),
                    MaxFramePixels = limits.MaxPixels,
                },
                Json = parsed.GetValue(json),
                Scale = ScaleOption.Of(parsed, scale),
                Limits = limits,
            };
            return Task.FromResult(job.Run(cancellation));
        });
        return command;
    }

    static PictureLimits LimitsOf(int? megapixels) => megapixels switch
    {
        null => new PictureLimits(),
        < 1 => throw new CommandException(ExitCodes.Usage, "--max-megapixels must be at least 1."),
        // Whoever knows the pixels knows the sides; decoders stop at 2^20 themselves.
        { } asked => new PictureLimits { MaxPixels = asked * 1_000_000L, MaxSide = 1 << 20, MaxFileBytes = Array.MaxLength },
    };

    static ClipShard Shard(string? text) =>
        text is null ? ClipShard.Whole
        : ClipShard.TryParse(text, out ClipShard shard) ? shard
        : throw new CommandException(ExitCodes.Usage, $"--shard '{text}' is no part of a job; write I/N with 1 <= I <= N, e.g. 2/4.");

    static TimeSpan? Length(double? seconds) => seconds switch
    {
        null => null,
        0 or (>= 0.1 and <= 600) => TimeSpan.FromSeconds(seconds.Value),
        _ => throw new CommandException(ExitCodes.Usage, $"--segment {seconds} is out of range; 0, or 0.1 to 600 seconds."),
    };
}
