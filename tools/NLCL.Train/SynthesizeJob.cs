using System.Text.Json;
using System.Text.Json.Serialization;
using NLCL.CommandLine;
using NLCL.Training;
using OpenCvSharp;

namespace NLCL.Train;

/// <summary>Writes rainy/, clean/ and rain/ for every clean picture, or clips of them.</summary>
sealed class SynthesizeJob(RainSynthesizer synthesizer, string output, int seed, int copies, int frames)
{
    static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web) { WriteIndented = true, Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) } };

    public void Run(string clean, CancellationToken cancellation)
    {
        string[] sources = Sources(clean);
        bool file = MediaNames.IsVideo(output);
        if (file && (sources.Length > 1 || copies > 1)) { throw new CommandException(ExitCodes.Usage, $"'{output}' is one video file; give one clean picture or clip, or a folder as --output."); }
        if (file && frames == 0 && !MediaNames.IsVideo(sources[0])) { throw new CommandException(ExitCodes.Usage, "a video of a still needs --video FRAMES."); }

        int done = 0;
        using ProgressPrinter progress = new($"synthesize {output}", "pictures", json: false);
        for (int i = 0; i < sources.Length; i++)
        {
            for (int copy = 0; copy < copies; copy++)
            {
                cancellation.ThrowIfCancellationRequested();
                // A seed of its own for every result, so that one can be made again without the others.
                Random random = new(HashCode(seed, i, copy));
                string name = Path.GetFileNameWithoutExtension(sources[i]) + (copies > 1 ? $"-{copy + 1}" : "");
                if (file || frames > 0 || MediaNames.IsVideo(sources[i])) { WriteClip(sources[i], name, random, cancellation); }
                else { WritePicture(sources[i], name, random); }
                progress.Report(++done, sources.Length * copies);
            }
        }
    }

    void WritePicture(string source, string name, Random random)
    {
        using Mat clean = CleanFrames.Load(source);
        using RainSample sample = synthesizer.Synthesize(clean, random);
        SampleFiles.Write(output, name + ".png", sample);
        SampleFiles.WriteText(Path.Combine(output, "rain", name + ".json"), JsonSerializer.Serialize(sample.Parameters, s_json));
    }

    void WriteClip(string source, string name, Random random, CancellationToken cancellation)
    {
        using CleanFrames clean = CleanFrames.Open(source, frames, random);
        RainClip clip = new(synthesizer, synthesizer.Draw(clean.Height, random), clean.PanX, clean.PanY);
        bool video = MediaNames.IsVideo(output);
        string beside = video ? Path.ChangeExtension(output, null) : Path.Combine(output, "rain", name);
        using VideoPipe? rainyVideo = video ? new(output) : null;
        using VideoPipe? cleanVideo = video ? new(beside + ".clean" + Path.GetExtension(output)) : null;
        foreach (Mat frame in clean.Frames())
        {
            cancellation.ThrowIfCancellationRequested();
            using (frame)
            {
                using RainSample sample = clip.Next(frame);
                if (video)
                {
                    rainyVideo!.Write(sample.Rainy);
                    cleanVideo!.Write(sample.Clean);
                }
                else
                {
                    SampleFiles.Write(output, Path.Combine(name, $"{clip.NextIndex - 1:00000}.png"), sample);
                }
            }
        }
        rainyVideo?.Finish();
        cleanVideo?.Finish();
        SampleFiles.WriteText(beside + ".json", JsonSerializer.Serialize(clip.Parameters, s_json));
    }

    static string[] Sources(string clean)
    {
        if (File.Exists(clean)) { return [clean]; }
        if (!Directory.Exists(clean)) { throw new CommandException(ExitCodes.Input, $"'{clean}' is not there."); }
        string[] files = [.. Directory.EnumerateFiles(clean).Where(file => MediaNames.IsPicture(file) || MediaNames.IsVideo(file)).Order(StringComparer.Ordinal)];
        return files.Length > 0 ? files : throw new CommandException(ExitCodes.Input, $"folder '{clean}' has no pictures.");
    }

    static int HashCode(int seed, int source, int copy) => unchecked((((seed * 1_000_003) + source) * 8191) + copy);
}

/// <summary>Kinds of files by their extension.</summary>
static class MediaNames
{
    static readonly string[] s_pictures = [".jpg", ".jpeg", ".png", ".tif", ".tiff", ".webp", ".bmp"];
    static readonly string[] s_videos = [".mp4", ".mkv", ".mov", ".avi", ".webm", ".m4v"];

    public static bool IsPicture(string file) => s_pictures.Contains(Path.GetExtension(file).ToLowerInvariant());

    public static bool IsVideo(string file) => s_videos.Contains(Path.GetExtension(file).ToLowerInvariant());
}
