using System.Text.Json;

namespace NLCL.Runtime;

/// <summary>A clip whose output is made in segments: what is finished is never done again.</summary>
sealed class SegmentedVideo(EncoderPlan plan, WorkFolder folder, string input, string output, long delay, string model)
{
    VideoOptions Options => plan.Options;

    /// <summary>Derains what is still missing of the clip or of the shard.</summary>
    /// <returns>The log of all that is finished, frames of earlier runs, and the time of each stage.</returns>
    public (SegmentManifest Manifest, long Resumed, IReadOnlyList<VideoStage> Stages) Run(FrameWork work, CancellationToken cancellationToken)
    {
        var segments = Agree(Plan(work.Network.OnGpu));
        var mine = segments.Of(Options.Shard);
        var manifest = Load(Options.Shard);
        if (manifest.Plan is not null && manifest.Plan != segments.Hash)
        {
            throw VideoException.Output(output, $"what is in {Path.GetFileName(folder.Path)} belongs to another job; run without Resume to begin anew");
        }

        manifest.Begin(segments.Hash);
        var resumed = manifest.Segments.Values.Sum(segment => segment.Frames);
        if (manifest.End is not null)
        {
            return (manifest, resumed, []);
        }

        try
        {
            work = work with { Total = Options.Shard.IsWhole ? work.Total : null };
            var lanes = SegmentLanes.Cut(mine, Count(segments.LengthMilliseconds), manifest.Segments.Keys, SegmentLanes.CountFor(plan, work.Network));
            if (!TryRun(plan, segments.Grid, lanes, manifest, work, out var done, cancellationToken))
            {
                // Decoded from the start, as it would have been in one lane.
                Forget(manifest, lanes[1].From);
                done = Run(plan with { Options = Options with { Seek = false } }, segments.Grid, [mine], manifest, work, cancellationToken);
            }

            var (stages, complaint) = done;
            manifest.Finish(complaint);
            folder.Keep = true;
            return (manifest, resumed, stages);
        }
        catch (Exception e)
        {
            folder.Keep = manifest.Segments.Count > 0 && e is not VideoException { CanGoOn: false };
            if (!folder.Keep && !Options.Shard.IsWhole)
            {
                folder.Clear(manifest.Segments.Keys.ToArray());
            }

            throw;
        }
    }

    /// <returns>False where several lanes cannot do it: key frames of the clip cannot be decoded on their own, or it is damaged, and only a decoder that comes
    /// from the start can tell how far it goes.</returns>
    bool TryRun(
        EncoderPlan how, SegmentGrid grid, IReadOnlyList<SegmentLane> lanes, SegmentManifest manifest, FrameWork work, out (IReadOnlyList<VideoStage> Stages, string? Complaint) done, CancellationToken cancellationToken)
    {
        try
        {
            done = Run(how, grid, lanes, manifest, work, cancellationToken);
            return lanes.Skip(1).All(lane => Meets(manifest, lane));
        }
        catch (VideoException e) when (lanes.Count > 1 && e is { ConcernsOutput: false, CanGoOn: false })
        {
            done = default;
            return false;
        }
    }

    /// <returns>The time of each stage over all lanes, and what was wrong with the input.</returns>
    (IReadOnlyList<VideoStage> Stages, string? Complaint) Run(
        EncoderPlan how, SegmentGrid grid, IReadOnlyList<SegmentLane> lanes, SegmentManifest manifest, FrameWork work, CancellationToken cancellationToken)
    {
        var finished = manifest.Segments.ToDictionary();
        var before = finished.Values.Sum(segment => segment.Frames);
        var progress = work.Progress is null || lanes.Count == 1 ? null : new LaneProgress(work.Progress, before, lanes.Count);
        var stages = new IReadOnlyList<VideoStage>[lanes.Count];
        var complaints = new string?[lanes.Count];
        SegmentLanes.Run(
            [.. lanes.Select((lane, number) => (Action<CancellationToken>)(stop =>
            {
                using var source = new SegmentSource(how, grid, lane, finished, input, delay);
                using var sink = new SegmentWriter(how, folder, manifest, output, progress is null ? before : 0);
                stages[number] = work.InLane(number, lanes.Count, progress).Run(source, sink, FrameConversion.Of(how.Layout), output, stop);
                complaints[number] = source.Complaint;
            }))],
            cancellationToken);
        return (
            [.. stages[0].Select((stage, i) => stage with { Busy = new(stages.Sum(lane => lane[i].Busy.Ticks)) })],
            complaints.FirstOrDefault(complaint => complaint is not null));
    }

    // The last frame before a lane was decoded in two lanes, and must have come out the same.
    static bool Meets(SegmentManifest manifest, SegmentLane lane)
    {
        var last = manifest.Segments.Values.LastOrDefault(segment => segment.Number < lane.From);
        var first = manifest.Segments.Values.FirstOrDefault(segment => segment.Number >= lane.From);
        return first is null || (first.Before, first.BeforeMark) == (last?.Last, last?.LastMark);
    }

    void Forget(SegmentManifest manifest, long from)
    {
        long[] wrong = [.. manifest.Segments.Keys.Where(number => number >= from)];
        manifest.Forget(wrong);
        Array.ForEach(wrong, number => File.Delete(folder.SegmentPath(number)));
    }

    /// <summary>The log of a shard, with those segments that are on the disk as they were written.</summary>
    public SegmentManifest Load(ClipShard shard) => SegmentManifest.Load(folder.ManifestPath(shard), segment =>
        File.Exists(folder.SegmentPath(segment.Number)) && ContentHash.OfAll(folder.SegmentPath(segment.Number)) == segment.Sha256);

    /// <summary>Reads the plan that lies in the folder; null when there is none.</summary>
    public static SegmentPlan? Read(WorkFolder folder)
    {
        try
        {
            return File.Exists(folder.PlanPath) ? JsonSerializer.Deserialize(File.ReadAllText(folder.PlanPath), SegmentJson.Default.SegmentPlan) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // As the clip's header has it.
    double Seconds => plan.Source.Video!.Seconds ?? plan.Source.Format.Duration ?? 0;

    /// <summary>Segments of that length in the clip.</summary>
    long Count(long milliseconds) => (long)Math.Ceiling(Seconds * 1000 / milliseconds);

    SegmentPlan Plan(bool onGpu)
    {
        var (source, video, file) = (plan.Source, plan.Source.Video!, new FileInfo(input));
        // Machines that share a clip must cut it alike, whatever they compute with.
        var length = (long)(Options.SegmentLength ?? CodecSettings.SegmentLength(plan.Codec, onGpu && Options.Shard.IsWhole, (long)video.Width * video.Height, Seconds)).TotalMilliseconds;
        var start = (long)Math.Round(((video.StartTime ?? source.Format.StartTime ?? 0) + delay) * 1e6);
        var shards = Options.Shard.Count;
        return new SegmentPlan
        {
            Nlcl = typeof(SegmentedVideo).Assembly.GetName().Version?.ToString() ?? "",
            Ffmpeg = plan.Tool.Release,
            Model = model,
            Content = ContentHash.Of(input),
            Bytes = file.Length,
            Modified = shards == 1 ? file.LastWriteTimeUtc : null,
            Codec = plan.Codec,
            Quality = Options.Quality,
            Preset = Options.Preset,
            PixelFormat = plan.Layout.PixelFormat,
            Width = video.Width,
            Height = video.Height,
            AllowDamagedInput = Options.AllowDamagedInput,
            LengthMilliseconds = length,
            OriginMicroseconds = start,
            Shards = shards,
            Starts = SegmentPlan.Cut(Math.Max(shards, Count(length)), shards),
        };
    }

    // Whoever comes first writes the plan; all others must have made the same one.
    SegmentPlan Agree(SegmentPlan mine)
    {
        var found = Read(folder);
        if (Options.Shard.IsWhole && !Options.Resume)
        {
            folder.Clear([]);
            found = null;
        }

        if (found is null && File.Exists(folder.PlanPath) && !Options.Shard.IsWhole)
        {
            throw VideoException.Output(output, $"{Path.GetFileName(folder.PlanPath)} in {Path.GetFileName(folder.Path)} cannot be read; remove that folder");
        }

        if (found is not null && found.Hash != mine.Hash)
        {
            throw VideoException.Output(output, $"what is in {Path.GetFileName(folder.Path)} was begun with another {mine.DifferencesFrom(found)}; {(Options.Shard.IsWhole ? "run without Resume to begin anew" : "remove that folder to begin anew")}");
        }

        if (found is not null && !Options.Shard.IsWhole && !Options.Resume)
        {
            folder.Clear(Load(Options.Shard).Segments.Keys.Where(mine.Of(Options.Shard).Contains).ToArray());
        }

        if (found is null)
        {
            var temporary = folder.Companion("plan");
            File.WriteAllText(temporary, JsonSerializer.Serialize(mine, SegmentJson.Default.SegmentPlan));
            File.Move(temporary, folder.PlanPath, overwrite: true);
        }

        return mine;
    }
}
