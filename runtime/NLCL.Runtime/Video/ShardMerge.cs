using System.Diagnostics;

namespace NLCL.Runtime;

/// <summary>Joins the shards of a clip, made with <see cref="VideoOptions.Shard"/>, to the output.</summary>
public static class ShardMerge
{
    /// <summary>Joins. What was asked for when the shards were made stands beside them. Done again, it gives the same file.</summary>
    /// <param name="input">The clip that was derained in shards; sound and all else come from it.</param>
    /// <param name="output">The output that the shards were made for.</param>
    /// <param name="options">Overwrite, AllowLosses, AllowPlaylists and FfmpegPath count.</param>
    /// <param name="cancellationToken">Stops; the shards stay.</param>
    /// <exception cref="VideoException">A shard is missing or unfinished, or the output cannot be written.</exception>
    /// <exception cref="FileNotFoundException">There is no such input, or no ffmpeg.</exception>
    public static VideoReport Run(string input, string output, VideoOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(input);
        ArgumentException.ThrowIfNullOrEmpty(output);
        options ??= new VideoOptions();
        options.Validate();
        (input, output) = (Path.GetFullPath(input), Path.GetFullPath(output));
        var clock = Stopwatch.StartNew();
        if (VideoDerainer.UnfinishedFolder(output) is null)
        {
            throw VideoException.Output(output, "there are no shards for it; run derain with --shard I/N for each I first");
        }

        using var folder = WorkFolder.Create(input, output, options.Overwrite, ClipShard.Whole);
        folder.Keep = true;
        folder.RefuseOthers();
        var segments = SegmentedVideo.Read(folder) ?? throw VideoException.Output(output, $"{Path.GetFileName(folder.PlanPath)} in {Path.GetFileName(folder.Path)} is missing or cannot be read; derain the shards again");
        if (segments.Content != ContentHash.Of(input))
        {
            throw new VideoException(input, "is not the clip that the shards were made of");
        }

        var tool = FfmpegTool.Find(options.FfmpegPath, cancellationToken) ?? throw new FileNotFoundException("ffmpeg is not installed, or not on the search path", "ffmpeg");
        var video = new FfmpegVideo(tool, new FrameNetwork(0, (_, _) => throw new System.Diagnostics.UnreachableException()), segments.Model, options with { Codec = segments.Codec, Quality = segments.Quality, Preset = segments.Preset });
        List<string> losses = [];
        var plan = video.Prepare(input, output, folder, losses, cancellationToken);
        var finished = Finished(new SegmentedVideo(plan, folder, input, output, 0, segments.Model), segments, output, losses);
        video.Join(plan, finished, folder, input, output, losses, cancellationToken);
        folder.Publish();
        return new VideoReport
        {
            Input = input,
            Output = output,
            Engine = VideoEngine.Ffmpeg,
            Codec = plan.Codec,
            Width = segments.Width,
            Height = segments.Height,
            Frames = finished.Sum(segment => segment.Frames),
            Elapsed = clock.Elapsed,
            Stages = [],
            Losses = losses,
        };
    }

    static List<FinishedSegment> Finished(SegmentedVideo video, SegmentPlan plan, string output, List<string> losses)
    {
        List<FinishedSegment> all = [];
        List<int> missing = [];
        for (var number = 1; number <= plan.Shards; number++)
        {
            var manifest = video.Load(new ClipShard(number, plan.Shards));
            if (manifest.End is null || manifest.Plan != plan.Hash)
            {
                missing.Add(number);
                continue;
            }

            all.AddRange(manifest.Segments.Values);
            losses.AddRange(manifest.End.Complaint is { } complaint ? [complaint] : []);
        }

        return missing.Count == 0 && all.Count > 0
            ? all
            : throw VideoException.Output(output, $"shards are missing or unfinished: {string.Join(", ", missing)} of {plan.Shards}; run derain with --resume --shard I/{plan.Shards} for each");
    }
}
