using System.Text.Json;
using System.Text.Json.Nodes;
using NLCL.CommandLine;
using NLCL.Runtime;
using NLCL.Training;
using OpenCvSharp;

namespace NLCL.Train;

/// <summary>
/// Writes a yardstick: stills/KIND/, clips/NAME/ and short/KIND/NAME/, each with rainy/, clean/, rain/, and yardstick.json, which says what it
/// was made of. All under a temporary name until it is whole.
/// </summary>
sealed class YardstickJob(string output, IReadOnlyList<PictureFolder> clean, string? streaks)
{
    static readonly JsonSerializerOptions s_indented = new() { WriteIndented = true };

    public int StillsPerKind { get; init; }

    public int FramesPerClip { get; init; }

    /// <summary>0: there are none.</summary>
    public int FramesPerShortClip { get; init; }

    public int LongerSide { get; init; }

    public int Seed { get; init; }

    public bool Overwrite { get; init; }

    public void Run(CancellationToken cancellation)
    {
        if (!Overwrite && (File.Exists(output) || Directory.Exists(output))) { throw new CommandException(ExitCodes.Output, $"'{output}' is there already; --overwrite replaces it."); }
        IReadOnlyList<(PictureFolder Folder, string File)> pictures = YardstickPlan.Clean(clean, Seed);
        IReadOnlyList<string> textures = YardstickPlan.Streaks(streaks);
        string whole = Path.TrimEndingDirectorySeparator(Path.GetFullPath(output));
        string part = Path.Combine(Path.GetDirectoryName(whole)!, ".part-" + Path.GetFileName(whole));
        if (Directory.Exists(part)) { Directory.Delete(part, recursive: true); }
        try
        {
            YardstickStill[] stills = [.. YardstickPlan.Stills(pictures, StillsPerKind, Seed)];
            IReadOnlyList<YardstickClip> clips = YardstickPlan.Clips(pictures, FramesPerClip, Seed);
            IReadOnlyList<YardstickClip> shortClips = FramesPerShortClip > 0 ? YardstickPlan.ShortClips(stills, FramesPerShortClip, Seed) : [];
            using ProgressPrinter progress = new($"yardstick {output}", "parts", json: false);
            int done = 0, all = stills.Length + clips.Count + shortClips.Count;
            foreach (YardstickStill still in stills)
            {
                cancellation.ThrowIfCancellationRequested();
                WriteStill(part, still, textures);
                progress.Report(++done, all);
            }
            foreach (YardstickClip clip in clips.Concat(shortClips))
            {
                WriteClip(part, clip, textures, cancellation);
                progress.Report(++done, all);
            }
            SampleFiles.WriteText(Path.Combine(part, "yardstick.json"), Record(textures, stills, clips, shortClips).ToJsonString(s_indented));
            if (Directory.Exists(whole)) { Directory.Delete(whole, recursive: true); }
            Directory.Move(part, whole);
            Console.WriteLine($"{output}: {stills.Length} stills of {YardstickPlan.Kinds.Count} kinds, {clips.Count} clips and {shortClips.Count} short ones, from {pictures.Count} pictures and {textures.Count} streak textures that no training sees");
        }
        finally
        {
            if (Directory.Exists(part)) { Directory.Delete(part, recursive: true); }
        }
    }

    void WriteStill(string folder, YardstickStill still, IReadOnlyList<string> textures)
    {
        using Mat picture = Load(still.Folder, still.File);
        using RainSynthesizer synthesizer = new(Options(still.Kind), textures);
        using RainSample sample = synthesizer.Synthesize(picture, new Random(still.Seed));
        string kind = Path.Combine(folder, "stills", still.Kind);
        SampleFiles.Write(kind, still.Name + ".png", sample, overwrite: false);
        SampleFiles.WriteParameters(Path.Combine(kind, "rain", still.Name), sample.Parameters);
    }

    void WriteClip(string folder, YardstickClip clip, IReadOnlyList<string> textures, CancellationToken cancellation)
    {
        string clipFolder = Path.Combine([folder, .. clip.Path.Split('/')]);
        using CleanFrames frames = new(Load(clip.Scene.Folder, clip.Scene.File), clip.Frames, clip.Camera.PanX, clip.Camera.PanY);
        if (clip.Camera.NearX != 0)
        {
            using Mat near = Load(clip.Near.Folder, clip.Near.File);
            frames.PassBy(near, clip.Camera.NearX);
        }
        using RainSynthesizer synthesizer = new(Options(clip.Kind), textures);
        RainClip rain = new(synthesizer, synthesizer.Draw(frames.Height, new Random(clip.Seed)), clip.Camera.PanX, clip.Camera.PanY);
        foreach (Mat frame in frames.Frames())
        {
            using (frame)
            {
                cancellation.ThrowIfCancellationRequested();
                using RainSample sample = rain.Next(frame);
                SampleFiles.Write(clipFolder, $"{rain.NextIndex - 1:00000}.png", sample, overwrite: false);
            }
        }
        SampleFiles.WriteParameters(Path.Combine(clipFolder, "rain"), rain.Parameters);
    }

    /// <summary>The pictures are whole ones: none is taken for a crop of a larger one.</summary>
    static RainOptions Options(string kind) => RainOptions.Named(kind) with { PictureHeight = new(1, 1) };

    Mat Load(PictureFolder folder, string file)
    {
        Mat picture = new CleanSource(file, folder).Load();
        double scale = LongerSide / (double)Math.Max(picture.Width, picture.Height);
        if (scale >= 1) { return picture; }
        using (picture)
        {
            Mat smaller = new();
            Cv2.Resize(picture, smaller, new Size((int)Math.Round(picture.Width * scale), (int)Math.Round(picture.Height * scale)), 0, 0, InterpolationFlags.Area);
            return smaller;
        }
    }

    JsonObject Record(IReadOnlyList<string> textures, YardstickStill[] stills, IReadOnlyList<YardstickClip> clips, IReadOnlyList<YardstickClip> shortClips) => new()
    {
        ["seed"] = Seed,
        ["heldBackOneIn"] = HeldBack.DefaultEvery,
        ["longerSide"] = LongerSide,
        ["stills"] = new JsonArray([.. stills.Select(still => (JsonNode)new JsonObject { ["kind"] = still.Kind, ["name"] = still.Name, ["clean"] = Path.GetFileName(still.File) })]),
        ["clips"] = Record(clips),
        ["shortClips"] = Record(shortClips),
        ["streaks"] = new JsonArray([.. textures.Select(texture => (JsonNode)Path.GetFileName(texture))]),
    };

    static JsonArray Record(IReadOnlyList<YardstickClip> clips) => [.. clips.Select(clip => (JsonNode)new JsonObject
    {
        ["name"] = Path.GetFileName(clip.Path),
        ["kind"] = clip.Kind,
        ["frames"] = clip.Frames,
        ["panX"] = clip.Camera.PanX,
        ["panY"] = clip.Camera.PanY,
        ["clean"] = Path.GetFileName(clip.Scene.File),
        ["nearX"] = clip.Camera.NearX,
        ["near"] = clip.Camera.NearX == 0 ? null : Path.GetFileName(clip.Near.File),
    })];
}
