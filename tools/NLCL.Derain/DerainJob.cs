using System.Diagnostics;
using System.Text.Json.Nodes;
using NLCL.CommandLine;
using NLCL.Runtime;
using OpenCvSharp;

namespace NLCL.Derain;

/// <summary>Carries a plan out: one model, all items in order; in a batch a bad file is reported and passed over.</summary>
sealed class DerainJob(DerainPlan plan, string modelPath, DerainerOptions options)
{
    public string? Codec { get; init; }

    public int? Quality { get; init; }

    public bool AllowLosses { get; init; }

    public bool Json { get; init; }

    /// <summary>What a photo's header may claim; a video frame may have as many pixels.</summary>
    public PictureLimits Limits { get; init; } = new();

    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public int Run(CancellationToken cancellation)
    {
        using Derainer derainer = Derainer.Open(modelPath, options);
        Stopwatch clock = Stopwatch.StartNew();
        bool countsFrames = plan.Items is [{ IsVideo: true }];
        using ProgressPrinter progress = new($"derain {Path.GetFileName(plan.Items[0].Input)}{(plan.IsBatch ? " …" : "")}", countsFrames ? "frames" : "files", Json);
        JsonArray failures = [];
        JsonArray losses = [];
        long frames = 0;
        foreach ((int index, DerainItem item) in plan.Items.Index())
        {
            cancellation.ThrowIfCancellationRequested();
            try
            {
                DerainPlan.Check(item, plan.Overwrite);
                if (item.IsVideo)
                {
                    VideoReport report = DerainVideo(derainer, item, countsFrames ? progress : null, cancellation);
                    frames += report.Frames;
                    foreach (string loss in report.Losses)
                    {
                        ConsoleText.WriteWarning($"{item.Output}: {loss}");
                        losses.Add($"{item.Output}: {loss}");
                    }
                }
                else { DerainPicture(derainer, item, cancellation); }
            }
            catch (Exception failure) when (plan.IsBatch && failure is CommandException or PictureFileException or VideoException or IOException or UnauthorizedAccessException)
            {
                ConsoleText.WriteWarning(failure.Message);
                failures.Add(new JsonObject { ["input"] = item.Input, ["reason"] = failure.Message });
            }
            if (!countsFrames) { progress.Report(index + 1, plan.Items.Count); }
        }

        double seconds = clock.Elapsed.TotalSeconds;
        progress.Finish(countsFrames ? frames : plan.Items.Count, new JsonObject
        {
            ["model"] = derainer.Contract.Name,
            ["device"] = derainer.Device.ToString(),
            ["succeeded"] = plan.Items.Count - failures.Count,
            ["failed"] = failures.Count,
            ["failures"] = failures,
            ["losses"] = losses,
        });
        if (!Json) { Console.Error.WriteLine(Summary(derainer, frames, failures.Count, seconds)); }
        return failures.Count > 0 ? ExitCodes.Partial : ExitCodes.Success;
    }

    void DerainPicture(Derainer derainer, DerainItem item, CancellationToken cancellation)
    {
        using Mat rainy = Read(item.Input);
        using Mat background = derainer.Derain(rainy, cancellation);
        PictureFile.Write(item.Output, background, new PictureWriteOptions
        {
            Quality = Quality ?? 95,
            // What came without loss goes on so, unless a quality was asked for.
            Lossless = Quality is null && PictureFile.Probe(item.Input) is { Format: PictureFormat.WebP, IsLossless: true },
            Overwrite = plan.Overwrite,
            MetadataFrom = item.Input,
        });
    }

    Mat Read(string path)
    {
        using IDisposable hushed = NativeChatter.Hush();
        return PictureFile.Read(path, Limits);
    }

    VideoReport DerainVideo(Derainer derainer, DerainItem item, ProgressPrinter? progress, CancellationToken cancellation)
    {
        VideoDerainer video = new(derainer, new VideoOptions { Codec = Codec, Quality = Quality, Overwrite = plan.Overwrite, AllowLosses = AllowLosses, MaxFramePixels = Limits.MaxPixels });
        return video.Derain(item.Input, item.Output, progress is null ? null : new Relay(progress), cancellation);
    }

    string Summary(Derainer derainer, long frames, int failed, double seconds)
    {
        string what = plan.Items is [var only]
            ? only.IsVideo ? $"{only.Output}: {frames} frames in {seconds:0.0} s ({frames / seconds:0.0}/s)" : $"{only.Output}: done in {seconds:0.0} s"
            : $"{plan.Items.Count - failed} of {plan.Items.Count} files in {seconds:0.0} s";
        return $"{what}, {derainer.Contract.Name} on {derainer.Device.Chosen.ToString().ToUpperInvariant()}"; // why that one: --json and doctor say it
    }

    /// <summary>Reports on the caller's thread: System.Progress would post to the pool and print after the end.</summary>
    sealed class Relay(ProgressPrinter progress) : IProgress<VideoProgress>
    {
        public void Report(VideoProgress value) => progress.Report(value.FramesDone, value.FramesTotal);
    }
}
