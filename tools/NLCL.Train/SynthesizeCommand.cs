using System.CommandLine;
using NLCL.CommandLine;
using NLCL.Training;

namespace NLCL.Train;

/// <summary>nlcl synthesize: puts rain on clean pictures or clips, ready for nlcl evaluate.</summary>
static class SynthesizeCommand
{
    public static Command Create()
    {
        Option<string> clean = new("--clean") { Description = "A clean picture, a clip, or a folder of pictures. DIR:left or DIR:right takes one half of side-by-side pictures.", HelpName = "FILE|DIR", Required = true };
        Option<string> output = new("--output", "-o") { Description = "Folder for rainy/, clean/ and rain/; with one clip, also the name of a video file.", HelpName = "DIR", Required = true };
        Option<string> kind = new("--kind") { Description = $"Kind of rain: {string.Join(", ", RainOptions.Names)}.", HelpName = "K", DefaultValueFactory = _ => RainOptions.Names[0] };
        kind.AcceptOnlyFromAmong([.. RainOptions.Names]);
        Option<int> count = new("--count") { Description = "Different rains on each picture.", HelpName = "N", DefaultValueFactory = _ => 1 };
        Option<int> seed = new("--seed") { Description = "The same seed gives the same rain.", HelpName = "S", DefaultValueFactory = _ => 1 };
        Option<string?> streaks = new("--streaks") { Description = "Folder of rendered streak textures, white on black.", HelpName = "DIR" };
        Option<int> video = new("--video") { Description = "Make clips of that many frames; the camera pans over a still picture.", HelpName = "FRAMES" };
        Option<bool> perfect = new("--perfect-camera") { Description = "No sensor noise and no JPEG: rainy minus clean is the rain alone." };
        Option<int?> h264 = new("--h264") { Description = "Send the rainy clip through H.264 with this rate factor, after the rain and the sensor: 18 is good, 28 a cheap camera's.", HelpName = "0-51" };
        Option<bool> overwrite = new("--overwrite", "-y") { Description = "Replace outputs that exist." };
        Command command = new("synthesize", "Put rain on clean pictures, to train on or to measure with.")
        {
            clean, output, kind, count, seed, streaks, video, perfect, h264, overwrite,
        };
        command.SetAction((parsed, cancellation) =>
        {
            int copies = parsed.GetValue(count), frames = parsed.GetValue(video);
            if (copies < 1) { throw new CommandException(ExitCodes.Usage, $"--count {copies}: at least 1."); }
            if (frames < 0) { throw new CommandException(ExitCodes.Usage, $"--video {frames}: a number of frames, 1 or more."); }
            int? rateFactor = parsed.GetValue(h264);
            if (rateFactor is < 0 or > 51) { throw new CommandException(ExitCodes.Usage, $"--h264 {rateFactor}: a rate factor of 0 to 51."); }
            RainOptions options = RainOptions.Named(parsed.GetRequiredValue(kind));
            if (parsed.GetValue(perfect)) { options = options with { Camera = CameraOptions.Perfect }; }

            using RainSynthesizer synthesizer = new(options, Textures(parsed.GetValue(streaks)));
            new SynthesizeJob(synthesizer, parsed.GetRequiredValue(output), parsed.GetValue(seed), copies, frames, rateFactor, parsed.GetValue(overwrite))
                .Run(CleanSource.Find(parsed.GetRequiredValue(clean)), cancellation);
            return Task.FromResult(ExitCodes.Success);
        });
        return command;
    }

    static string[] Textures(string? folder)
    {
        if (folder is null) { return []; }
        if (!Directory.Exists(folder)) { throw new CommandException(ExitCodes.Input, $"folder '{folder}' of streak textures is not there."); }
        string[] files = [.. Directory.EnumerateFiles(folder, "*.png").Order(StringComparer.Ordinal)];
        return files.Length > 0 ? files : throw new CommandException(ExitCodes.Input, $"folder '{folder}' has no .png streak texture.");
    }
}
