using System.Text.Json;
using System.Text.Json.Nodes;
using NLCL.CommandLine;
using NLCL.Runtime;
using NLCL.Training;
using OpenCvSharp;

namespace NLCL.Train;

/// <summary>
/// Writes a yardstick: stills/KIND/ and clips/NAME/, each with rainy/, clean/, rain/, and yardstick.json, which says what it
/// was made of. All under a temporary name until it is whole.
/// </summary>
sealed class YardstickJob(string output, IReadOnlyList<PictureFolder> clean, string? streaks)
{
    /// <summary>The clips: kind of rain, pixels that the camera turns to the right and down between frames, and that near things move to the left; 0: there are none.</summary>
    static readonly (string Name, string Kind, int PanX, int PanY, int NearX)[] s_clips = [("static", "streaks", 0, 0, 0), ("panning", "natural", 2, 1, 0), ("passing", "drizzle", 2, 0, 8)];

    static readonly JsonSerializerOptions s_indented = new() { WriteIndented = true };

    public int StillsPerKind { get; init; }

    public int FramesPerClip { get; init; }

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
            using ProgressPrinter progress = new($"yardstick {output}", "parts", json: false);
            int done = 0;
            foreach (YardstickStill still in stills)
            {
                cancellation.ThrowIfCancellationRequested();
                WriteStill(part, still, textures);
                progress.Report(++done, stills.Length + s_clips.Length);
            }
            for (int clip = 0; clip < s_clips.Length; clip++)
            {
                WriteClip(part, clip, pictures[clip % pictures.Count], pictures[(clip + 1) % pictures.Count], textures, cancellation);
                progress.Report(++done, stills.Length + s_clips.Length);
            }
            SampleFiles.WriteText(Path.Combine(part, "yardstick.json"), Record(pictures, textures, stills).ToJsonString(s_indented));
            if (Directory.Exists(whole)) { Directory.Delete(whole, recursive: true); }
            Directory.Move(part, whole);
            Console.WriteLine($"{output}: {stills.Length} stills of {YardstickPlan.Kinds.Count} kinds and {s_clips.Length} clips, from {pictures.Count} pictures and {textures.Count} streak textures that no training sees");
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

    void WriteClip(string folder, int index, (PictureFolder Folder, string File) picture, (PictureFolder Folder, string File) near, IReadOnlyList<string> textures, CancellationToken cancellation)
    {
        (string name, string kind, int panX, int panY, int nearX) = s_clips[index];
        string clipFolder = Path.Combine(folder, "clips", name);
        using CleanFrames frames = new(Load(picture.Folder, picture.File), FramesPerClip, panX, panY);
        if (nearX != 0)
        {
            using Mat before = Load(near.Folder, near.File);
            frames.PassBy(before, nearX);
        }
        using RainSynthesizer synthesizer = new(Options(kind), textures);
        RainClip clip = new(synthesizer, synthesizer.Draw(frames.Height, new Random(YardstickPlan.SeedOf("clips/" + name, Seed))), panX, panY);
        foreach (Mat frame in frames.Frames())
        {
            using (frame)
            {
                cancellation.ThrowIfCancellationRequested();
                using RainSample sample = clip.Next(frame);
                SampleFiles.Write(clipFolder, $"{clip.NextIndex - 1:00000}.png", sample, overwrite: false);
            }
        }
        SampleFiles.WriteParameters(Path.Combine(clipFolder, "rain"), clip.Parameters);
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

    JsonObject Record(IReadOnlyList<(PictureFolder Folder, string File)> pictures, IReadOnlyList<string> textures, YardstickStill[] stills) => new()
    {
        ["seed"] = Seed,
        ["heldBackOneIn"] = HeldBack.DefaultEvery,
        ["longerSide"] = LongerSide,
        ["stills"] = new JsonArray([.. stills.Select(still => (JsonNode)new JsonObject { ["kind"] = still.Kind, ["name"] = still.Name, ["clean"] = Path.GetFileName(still.File) })]),
        ["clips"] = new JsonArray([.. s_clips.Select((clip, index) => (JsonNode)new JsonObject
        {
            ["name"] = clip.Name,
            ["kind"] = clip.Kind,
            ["frames"] = FramesPerClip,
            ["panX"] = clip.PanX,
            ["panY"] = clip.PanY,
            ["clean"] = Path.GetFileName(pictures[index % pictures.Count].File),
            ["nearX"] = clip.NearX,
            ["near"] = clip.NearX == 0 ? null : Path.GetFileName(pictures[(index + 1) % pictures.Count].File),
        })]),
        ["streaks"] = new JsonArray([.. textures.Select(texture => (JsonNode)Path.GetFileName(texture))]),
    };
}
