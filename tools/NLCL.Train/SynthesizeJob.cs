using NLCL.CommandLine;
using NLCL.Training;
using OpenCvSharp;

namespace NLCL.Train;

/// <summary>Writes rainy/, clean/ and rain/ for every clean picture, or clips of them.</summary>
sealed class SynthesizeJob(RainSynthesizer synthesizer, string output, int seed, int copies, int frames, int? rateFactor, bool overwrite)
{
    readonly bool _video = CleanSource.IsVideoName(output);

    public void Run(IReadOnlyList<CleanSource> sources, CancellationToken cancellation)
    {
        if (_video && (sources.Count > 1 || copies > 1)) { throw new CommandException(ExitCodes.Usage, $"'{output}' is one video file; give one clean picture or clip, or a folder as --output."); }
        if (_video && frames == 0 && !sources[0].IsVideo) { throw new CommandException(ExitCodes.Usage, "a video of a still needs --video FRAMES."); }
        if (_video && !overwrite && File.Exists(output)) { throw new CommandException(ExitCodes.Output, $"'{output}' is there already; --overwrite replaces it."); }

        int done = 0;
        using ProgressPrinter progress = new($"synthesize {output}", "pictures", json: false);
        for (int i = 0; i < sources.Count; i++)
        {
            for (int copy = 0; copy < copies; copy++)
            {
                cancellation.ThrowIfCancellationRequested();
                // A seed of its own for every result, so that one more source does not change the others.
                Random random = new(unchecked((((seed * 1_000_003) + i) * 8191) + copy));
                string name = Path.GetFileNameWithoutExtension(sources[i].Path) + (copies > 1 ? $"-{copy + 1}" : "");
                if (frames > 0 || sources[i].IsVideo) { WriteClip(sources[i], name, random, cancellation); }
                else { WritePicture(sources[i], name, random); }
                progress.Report(++done, sources.Count * copies);
            }
        }
    }

    void WritePicture(CleanSource source, string name, Random random)
    {
        using Mat clean = source.Load();
        using RainSample sample = synthesizer.Synthesize(clean, random);
        SampleFiles.Write(output, name + ".png", sample, overwrite);
        SampleFiles.WriteParameters(Path.Combine(output, "rain", name), sample.Parameters);
    }

    void WriteClip(CleanSource source, string name, Random random, CancellationToken cancellation)
    {
        using CleanFrames clean = CleanFrames.Open(source, frames, random);
        RainClip clip = new(synthesizer, synthesizer.Draw(clean.Height, random), clean.PanX, clean.PanY);
        string beside = _video ? Path.ChangeExtension(output, null) : Path.Combine(output, "rain", name);
        using VideoPipe? rainyVideo = _video ? new(output, clean.Rate, rateFactor) : null;
        using VideoPipe? cleanVideo = _video ? new(beside + ".clean" + Path.GetExtension(output), clean.Rate) : null;
        foreach (Mat frame in clean.Frames())
        {
            using (frame)
            {
                cancellation.ThrowIfCancellationRequested();
                using RainSample sample = clip.Next(frame);
                if (!_video) { SampleFiles.Write(output, Path.Combine(name, $"{clip.NextIndex - 1:00000}.png"), sample, overwrite); }
                rainyVideo?.Write(sample.Rainy);
                cleanVideo?.Write(sample.Clean);
            }
        }
        if (!_video && rateFactor is { } factor) { ClipCompression.Apply(Path.Combine(output, "rainy", name), factor); }
        rainyVideo?.Finish();
        cleanVideo?.Finish();
        SampleFiles.WriteParameters(beside, clip.Parameters);
    }
}
