using System.CommandLine;
using NLCL.CommandLine;
using NLCL.Runtime;

namespace NLCL.Derain;

/// <summary>nlcl derain INPUT OUTPUT: photos, folders, globs and video files.</summary>
static class DerainCommand
{
    public static Command Create()
    {
        Argument<string> input = new("INPUT") { Description = "A photo, a video file, a folder, or a pattern such as 'shots/*.jpg'." };
        Argument<string> output = new("OUTPUT") { Description = "A file for one input; a folder for a folder or a pattern. The extension says the format." };
        Option<string?> model = ModelOption.Create();
        Option<DeviceKind> device = new("--device", "-d")
        {
            Description = "Where to compute. auto takes the fastest that works and says which.",
            DefaultValueFactory = _ => DeviceKind.Auto,
        };
        Option<int> threads = new("--threads") { Description = "CPU threads for the network; 0: one per physical core.", HelpName = "N" };
        Option<string?> codec = new("--codec") { Description = "Video encoder, by ffmpeg's name. Default: libx264 where the container takes it.", HelpName = "NAME" };
        Option<int?> quality = new("--quality") { Description = "Photos: JPEG or WebP quality 1..100 (95). Video: constant rate factor, lower is better (16).", HelpName = "N" };
        Option<int?> maxMegapixels = new("--max-megapixels") { Description = "Largest photo or frame, in million pixels (100). Raise it for files that you trust.", HelpName = "N" };
        Option<bool> overwrite = new("--overwrite", "-y") { Description = "Replace outputs that exist." };
        Option<bool> allowLosses = new("--allow-losses") { Description = "Leave out sound, subtitle and attachment streams that the output container cannot hold, instead of refusing." };
        Option<bool> json = new("--json") { Description = "One JSON object per line on standard output, one a second, the last with the result." };
        Command command = new("derain", "Take the rain out of a photo, a folder of photos, or a video.")
        {
            input, output, model, device, threads, codec, quality, maxMegapixels, overwrite, allowLosses, json,
        };
        command.SetAction((parsed, cancellation) =>
        {
            DerainPlan plan = DerainPlan.Make(parsed.GetRequiredValue(input), parsed.GetRequiredValue(output), parsed.GetValue(overwrite));
            DerainerOptions options = new() { Device = parsed.GetValue(device), Threads = parsed.GetValue(threads) };
            DerainJob job = new(plan, ModelOption.Resolve(parsed.GetValue(model)), options)
            {
                Codec = parsed.GetValue(codec),
                Quality = parsed.GetValue(quality),
                AllowLosses = parsed.GetValue(allowLosses),
                Json = parsed.GetValue(json),
                Limits = LimitsOf(parsed.GetValue(maxMegapixels)),
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
}
