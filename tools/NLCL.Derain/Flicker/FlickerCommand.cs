using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using NLCL.CommandLine;
using NLCL.Runtime;
using OpenCvSharp;

namespace NLCL.Derain;

/// <summary>nlcl flicker: how restless a derained clip is where nothing moves.</summary>
static class FlickerCommand
{
    public static Command Create()
    {
        Argument<string> rainy = new("RAINY") { Description = "The rainy clip: a video file, or a folder of numbered frames." };
        Option<string?> clean = new("--clean") { Description = "The clean clip: only pixels count where it is still. Without it all do, and the camera should stand still.", HelpName = "CLIP" };
        Option<string?> result = new("--result") { Description = "A derained clip to judge instead of running a model.", HelpName = "CLIP" };
        Option<string?> model = ModelOption.Create(ModelOption.ForClips);
        Option<DeviceKind> device = new("--device", "-d") { Description = "Where to compute.", DefaultValueFactory = _ => DeviceKind.Auto };
        Option<int> threads = new("--threads") { Description = "CPU threads for the network; 0: one per physical core.", HelpName = "N" };
        Option<int> frames = new("--frames") { Description = "Most frames to read; 0: all.", HelpName = "N" };
        Option<bool> json = new("--json") { Description = "One JSON object." };
        Command command = new("flicker", "Measure how much a derained clip changes from frame to frame where the scene is still.")
        {
            rainy, clean, result, model, device, threads, frames, json,
        };
        command.SetAction((parsed, cancellation) =>
        {
            string? judged = parsed.GetValue(result);
            if (judged is not null && parsed.GetValue(model) is not null) { throw new CommandException(ExitCodes.Usage, "--result and --model exclude each other."); }
            using Derainer? derainer = judged is null
                ? Derainer.Open(ModelOption.ResolveForClips(parsed.GetValue(model)), new DerainerOptions { Device = parsed.GetValue(device), Threads = parsed.GetValue(threads) })
                : null;
            FlickerFigures figures = Flicker.Measure(parsed.GetRequiredValue(rainy), judged, parsed.GetValue(clean), derainer, parsed.GetValue(frames), cancellation);
            if (figures.LargestShift > 0)
            {
                ConsoleText.WriteWarning($"the camera moves by up to {figures.LargestShift} pixels a frame; its whole-pixel shift is taken off the change, but the deviation over time holds for a still camera only.");
            }
            Console.WriteLine(parsed.GetValue(json) ? ToJson(figures, parsed.GetValue(clean) is not null).ToJsonString() : ToText(figures, parsed.GetValue(clean) is not null));
            return Task.FromResult(ExitCodes.Success);
        });
        return command;
    }

    static string ToText(FlickerFigures figures, bool truth) => string.Create(CultureInfo.InvariantCulture, $"""
        {figures.Frames} frames; levels of 255            rainy   derained   derained/rainy{(truth ? "   clean" : "")}
        mean change from frame to frame        {figures.RainyChange,6:0.000}   {figures.ResultChange,8:0.000}   {figures.ResultChange / figures.RainyChange,14:0.00}{(truth ? $"   {figures.CleanChange,5:0.000}   ({figures.StillShare:0.0%} of the pixels: where the clean clip is still)" : "")}
        median deviation over time             {figures.RainyDeviation,6:0.000}   {figures.ResultDeviation,8:0.000}   {figures.ResultDeviation / figures.RainyDeviation,14:0.00}
        """)
        + (figures.Quality is not { } quality ? "" : string.Create(CultureInfo.InvariantCulture, $"""

        Y-PSNR, dB                             {quality.Rainy.PsnrY,6:0.00}   {quality.Result.PsnrY,8:0.00}
        Y-SSIM                                 {quality.Rainy.SsimY,6:0.0000}   {quality.Result.SsimY,8:0.0000}
        """));

    static JsonObject ToJson(FlickerFigures figures, bool truth) => new()
    {
        ["event"] = "flicker",
        ["frames"] = figures.Frames,
        ["stillShare"] = Math.Round(figures.StillShare, 4),
        ["cleanChange"] = truth ? Math.Round(figures.CleanChange, 4) : null,
        ["rainyChange"] = Math.Round(figures.RainyChange, 4),
        ["resultChange"] = Math.Round(figures.ResultChange, 4),
        ["rainyDeviation"] = Math.Round(figures.RainyDeviation, 4),
        ["resultDeviation"] = Math.Round(figures.ResultDeviation, 4),
        ["largestShift"] = figures.LargestShift,
        ["rainSpread"] = Math.Round(figures.RainSpread, 4),
        ["rainyQuality"] = figures.Quality?.Rainy.ToJson(),
        ["resultQuality"] = figures.Quality?.Result.ToJson(),
    };
}

/// <summary>Runs the clips through the meter, frame by frame.</summary>
static class Flicker
{
    const int SmallestForSsim = 11;

    /// <param name="rainy">A clip of <see cref="FrameFolder"/>.</param>
    /// <param name="result">The derained clip; null: <paramref name="derainer"/> makes it.</param>
    /// <param name="clean">The clean clip; null: not known.</param>
    /// <param name="derainer">Derains where <paramref name="result"/> is null; it gets each frame with its neighbours.</param>
    /// <param name="most">Most frames; 0: all.</param>
    /// <param name="cancellation">Stops between two frames.</param>
    /// <exception cref="CommandException">A clip cannot be read, or the clips do not fit one another.</exception>
    public static FlickerFigures Measure(string rainy, string? result, string? clean, Derainer? derainer, int most, CancellationToken cancellation)
    {
        FlickerMeter meter = new();
        using IEnumerator<(Mat Frame, double? Time)>? results = result is null ? null : FrameFolder.Read(result).GetEnumerator();
        using IEnumerator<(Mat Frame, double? Time)>? truths = clean is null ? null : FrameFolder.Read(clean).GetEnumerator();
        List<Figures> before = [], after = [];
        int frames = 0;
        double spread = 0;
        foreach ((Mat previous, Mat frame, Mat next) in ClipWindow.Of(Rainy(rainy, most)))
        {
            cancellation.ThrowIfCancellationRequested();
            using Mat background = results is null ? derainer!.Derain(previous, frame, next, cancellation) : Next(results, result!, frames, frame.Size());
            using Mat? truth = truths is null ? null : Next(truths, clean!, frames, frame.Size());
            meter.Add(frame, background, truth);
            spread += RainyFigures.Spread(frame, background);
            if (truth is not null && Math.Min(truth.Width, truth.Height) >= SmallestForSsim)
            {
                before.Add(Figures.Measure(frame, truth));
                after.Add(Figures.Measure(background, truth));
            }
            frames++;
        }
        return frames >= 2
            ? meter.Measure() with { Quality = after.Count > 0 ? (Figures.Mean(before), Figures.Mean(after)) : null, RainSpread = spread / frames }
            : throw new CommandException(ExitCodes.Input, $"'{rainy}' has {frames} frame; flicker needs at least 2.");
    }

    static IEnumerable<Mat> Rainy(string path, int most)
    {
        Size? size = null;
        int frames = 0;
        foreach ((Mat frame, _) in FrameFolder.Read(path))
        {
            size ??= frame.Size();
            Check(path, frame, frames, size.Value);
            yield return frame;
            if (++frames == most) { yield break; }
        }
    }

    static Mat Next(IEnumerator<(Mat Frame, double? Time)> clip, string path, int index, Size size)
    {
        if (!clip.MoveNext()) { throw new CommandException(ExitCodes.Input, $"'{path}' ends after {index} frames, earlier than the rainy clip."); }
        Check(path, clip.Current.Frame, index, size);
        return clip.Current.Frame;
    }

    static void Check(string path, Mat frame, int index, Size size)
    {
        if (frame.Size() != size) { throw new CommandException(ExitCodes.Input, $"frame {index} of '{path}' is {frame.Width}x{frame.Height}, but the clip began with {size.Width}x{size.Height}."); }
    }
}
