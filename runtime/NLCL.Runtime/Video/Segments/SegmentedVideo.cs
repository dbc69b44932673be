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
        var (from, to) = segments.RangeOf(Options.Shard);
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

        using var source = new SegmentSource(plan, segments, manifest, input, delay);
        using var sink = new SegmentWriter(plan, folder, manifest, output);
        try
        {
            var total = Options.Shard.IsWhole ? work.Total : null;
            var stages = (work with { Total = total }).Run(source, sink, FrameConversion.Yuv(plan.Layout.Format), output, cancellationToken);
            manifest.Finish(source.Complaint);
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

    SegmentPlan Plan(bool onGpu)
    {
        var (source, video, file) = (plan.Source, plan.Source.Video!, new FileInfo(input));
        // Machines that share a clip must cut it alike, whatever they compute with.
        var length = (long)(Options.SegmentLength ?? CodecSettings.SegmentLength(plan.Codec, onGpu && Options.Shard.IsWhole, (long)video.Width * video.Height)).TotalMilliseconds;
        var start = (long)Math.Round(((video.StartTime ?? source.Format.StartTime ?? 0) + delay) * 1e6);
        var seconds = video.Seconds ?? source.Format.Duration ?? 0;
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
            Starts = SegmentPlan.Cut(Math.Max(shards, (long)Math.Ceiling(seconds * 1000 / length)), shards),
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
            var (from, to) = mine.RangeOf(Options.Shard);
            folder.Clear(Load(Options.Shard).Segments.Keys.Where(number => number >= from && number < to).ToArray());
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
