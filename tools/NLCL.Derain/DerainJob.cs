using System.Diagnostics;
using System.Text.Json.Nodes;
using Microsoft.Win32.SafeHandles;
using NLCL.CommandLine;
using NLCL.Runtime;
using OpenCvSharp;

namespace NLCL.Derain;

/// <summary>Carries a plan out: all items in order; in a batch a bad file is reported and passed over.</summary>
sealed class DerainJob(DerainPlan plan, ChosenModels models)
{
    public VideoOptions Video { get; init; } = new();

    public bool Json { get; init; }

    /// <summary>What a photo's header may claim; a video frame may have as many pixels.</summary>
    public PictureLimits Limits { get; init; } = new();

    /// <summary>At which scale the network sees pictures; null: each as fine as it is.</summary>
    public int? Scale { get; init; }

    bool CountsFrames => plan.Items is [{ IsVideo: true }];

    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public int Run(CancellationToken cancellation)
    {
        // Before the model is opened, which takes longer than turning a bomb away.
        if (!plan.IsBatch && plan.Items is [{ IsVideo: false } only]) { PictureFile.Probe(only.Input, Limits); }
        // While the model is opened, which leaves cores idle.
        using ClipLook? look = Scale is null && !plan.IsBatch && plan.Items is [{ FromClip: true } clip] ? new(clip.Input, models.OpenForClips, Video, cancellation) : null;
        // A model or device that does not work is told before anything else is done.
        models.For(plan.Items[0], Scale ?? 1);
        Stopwatch clock = Stopwatch.StartNew();
        FolderShards? shards = plan.IsBatch && !Video.Shard.IsWhole ? FolderShards.Take(plan, Video.Shard) : null;
        IReadOnlyList<DerainItem> items = shards?.Items ?? plan.Items;
        string job = items.Count == 0 ? "derain" : $"derain {Path.GetFileName(items[0].Shown)}{(plan.IsBatch ? " …" : "")}";
        using ProgressPrinter progress = new(job, CountsFrames ? "frames" : "files", Json, outputIsTaken: CountsFrames && items[0].ToStream);
        DerainResult result = new();
        foreach ((int index, DerainItem item) in items.Index())
        {
            cancellation.ThrowIfCancellationRequested();
            DerainOne(item, result, look, CountsFrames ? progress : null, cancellation);
            if (!CountsFrames) { progress.Report(index + 1, items.Count); }
        }

        shards?.Finish(result.Failures);
        foreach (Derainer derainer in models.Opened) { PrecisionOption.WarnOfReduction(derainer); }
        double seconds = clock.Elapsed.TotalSeconds;
        progress.Finish(CountsFrames ? result.Frames : items.Count, result.ToJson(models, items.Count));
        if (!Json) { Console.Error.WriteLine(Summary(items, result, seconds)); }
        return result.Failures.Count > 0 ? ExitCodes.Partial : ExitCodes.Success;
    }

    void DerainOne(DerainItem item, DerainResult result, ClipLook? look, ProgressPrinter? progress, CancellationToken cancellation)
    {
        if (plan.IsBatch && plan.Resume && File.Exists(item.Output))
        {
            result.Skipped++;
            return;
        }
        try
        {
            if (plan.IsBatch) { DerainPlan.Check(item, plan.Overwrite); }
            if (item.IsVideo) { result.Add(DerainVideo(models.For(item, Noted(result, item, ScaleOf(item, look, cancellation))), item, progress, cancellation)); }
            else { DerainPicture(item, result, cancellation); }
        }
        catch (Exception failure) when (plan.IsBatch && failure is CommandException or PictureFileException or VideoException or IOException or UnauthorizedAccessException)
        {
            string reason = failure is VideoException video ? OptionNames.InMessage(video) : failure.Message;
            ConsoleText.WriteWarning(reason);
            result.Failures.Add(new JsonObject { ["input"] = item.Input, ["reason"] = reason });
        }
        catch (VideoException failure)
        {
            throw new CommandException(LibraryFailures.ExitCodeOf(failure)!.Value, OptionNames.InMessage(failure) + Unfinished(item), failure);
        }
        catch (OperationCanceledException stopped) when (Unfinished(item) is { Length: > 0 } rest)
        {
            throw new StoppedException("stopped" + rest, stopped);
        }
    }

    // Of cameras and streams nothing has been seen yet.
    int ScaleOf(DerainItem clip, ClipLook? look, CancellationToken cancellation) =>
        Scale ?? look?.Scale ?? (clip.FromClip ? VideoDerainer.ScaleOf(clip.Input, models.OpenForClips, Video, cancellation) : 1);

    static int Noted(DerainResult result, DerainItem item, int scale)
    {
        if (scale > 1) { result.Scales[item.Input] = scale; }
        return scale;
    }

    void DerainPicture(DerainItem item, DerainResult result, CancellationToken cancellation)
    {
        PictureHeader header = PictureFile.Probe(item.Input);
        Derainer derainer = models.For(item, Scale ?? 1);
        // Beyond it a picture and its result are better not held at once.
        const long wholePixels = 64_000_000;
        if (header.Width * header.Height > wholePixels && derainer.Contract.Tileable && BandedPicture.Suits(item.Input, item.Output))
        {
            BandedPicture.Derain(derainer, item.Input, item.Output, new PictureWriteOptions { Overwrite = plan.Overwrite }, Limits, cancellationToken: cancellation);
            return;
        }
        using Mat rainy = Read(item.Input);
        using Mat background = models.For(item, Noted(result, item, Scale ?? models.ScaleFor(rainy, cancellation))).Derain(rainy, cancellation);
        PictureFile.Write(item.Output, background, new PictureWriteOptions
        {
            Quality = Video.Quality ?? 95,
            // What came without loss goes on so, unless a quality was asked for.
            Lossless = Video.Quality is null && header is { Format: PictureFormat.WebP, IsLossless: true },
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
        // Of a folder each shard takes whole files.
        VideoDerainer video = new(derainer, plan.IsBatch ? Video with { Shard = ClipShard.Whole } : Video);
        WarnOfLeftovers(item);
        Relay? relay = progress is null ? null : new Relay(progress);
        if (item.FromCamera) { return video.Record(item.Input, item.Output, relay, cancellation); }
        if (!item.FromStream && !item.ToStream) { return video.Derain(item.Input, item.Output, relay, cancellation); }
        using Stream input = item.FromStream ? Console.OpenStandardInput() : Stream.Null;
        using Stream output = item.ToStream ? StandardOutput() : Stream.Null;
        return !item.ToStream ? video.Derain(input, item.Output, relay, cancellation)
            : !item.FromStream ? video.Derain(item.Input, output, relay, cancellation)
            : video.Derain(input, output, relay, cancellation);
    }

    // Hours of work may be among them, and ten seconds later they are gone.
    void WarnOfLeftovers(DerainItem item)
    {
        if (!Video.Resume && Video.Shard.IsWhole && !item.ToStream && VideoDerainer.UnfinishedFolder(item.Output) is { } folder)
        {
            ConsoleText.WriteWarning($"{item.Output}: begun anew; the finished segments of an earlier run in '{folder}' are thrown away. --resume would go on from them.");
        }
    }

    // Console's own stream takes a pipe that nobody reads for a success.
    static Stream StandardOutput() =>
        OperatingSystem.IsWindows() ? Console.OpenStandardOutput() : new FileStream(new SafeFileHandle(1, ownsHandle: false), FileAccess.Write, bufferSize: 0);

    static string Unfinished(DerainItem item) =>
        item.IsVideo && !item.ToStream && !item.FromCamera && VideoDerainer.UnfinishedFolder(item.Output) is { } folder ? $"; finished segments are in '{folder}': add --resume to go on from them" : "";

    string Summary(IReadOnlyList<DerainItem> items, DerainResult result, double seconds)
    {
        string frames = result.Resumed > 0 ? $"{result.Frames} frames ({result.Resumed} of an earlier run)" : $"{result.Frames} frames";
        string what = plan.IsBatch || items is not [var only]
            ? $"{items.Count - result.Failures.Count} of {items.Count} files{(result.Skipped > 0 ? $" ({result.Skipped} done before)" : "")} in {seconds:0.0} s"
            : !only.IsVideo ? $"{only.Output}: done in {seconds:0.0} s"
            : $"{only.Output}{(Video.Shard.IsWhole ? "" : $" shard {Video.Shard}")}: {frames} in {seconds:0.0} s ({(result.Frames - result.Resumed) / seconds:0.0}/s)";
        string next = Video.Shard.IsWhole ? "" : "; join the shards with 'nlcl merge'";
        string scales = result.Scales.Count == 0 ? "" : items is [_] ? $" at 1/{result.Scales.Values.First()} of the size" : $", {result.Scales.Count} at a fraction of their size";
        DeviceReport device = models.Opened[0].Device;
        return $"{what}, {models.Names}{scales} on {device.Chosen.ToString().ToUpperInvariant()}{PrecisionOption.Suffix(device)}{next}"; // why that one: --json and doctor say it
    }

    /// <summary>Reports on the caller's thread: System.Progress would post to the pool and print after the end.</summary>
    sealed class Relay(ProgressPrinter progress) : IProgress<VideoProgress>
    {
        public void Report(VideoProgress value) => progress.Report(value.FramesDone, value.FramesTotal);
    }
}
