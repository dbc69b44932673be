using NLCL.CommandLine;
using NLCL.Runtime;
using OpenCvSharp;

namespace NLCL.Derain;

/// <summary>Walks the pairs of one set.</summary>
/// <param name="set">The pictures.</param>
/// <param name="derainers">Derain them first; null: they are results.</param>
/// <param name="clip">The judged pictures are the frames of a clip: a model that sees neighbours gets them.</param>
sealed class Evaluation(PictureSet set, ScaledDerainers? derainers, bool clip)
{
    // Of a clip all frames are seen alike.
    Derainer? _clips;

    bool SeesNeighbours => clip && derainers?.First.Contract.Frames > 1;

    /// <exception cref="CommandException">There are no pairs, or two of one name do not fit each other.</exception>
    public SetFigures Run(EvaluationPrinter printer, CancellationToken cancellation)
    {
        Dictionary<string, (string Name, string Clean)> pairs = set.Pairs().ToDictionary(pair => pair.Judged, pair => (pair.Name, pair.Clean));
        printer.PrintHead(set);
        List<Figures> before = [], after = [];
        foreach ((string judgedFile, Mat previous, Mat judged, Mat next) in Walk(pairs.Keys))
        {
            cancellation.ThrowIfCancellationRequested();
            (string name, string cleanFile) = pairs[judgedFile];
            using Mat truth = set.Clean.ReadHushed(cleanFile);
            Check(judgedFile, judged, cleanFile, truth);
            using Mat? valid = ReadMask(name, truth);
            if (derainers is null) { after.Add(Figures.Measure(judged, truth, valid)); }
            else
            {
                Derainer derainer = clip ? _clips ??= derainers.ForClip(previous, judged, next, cancellation) : derainers.For(judged, cancellation);
                using Mat background = SeesNeighbours ? derainer.Derain(previous, judged, next, cancellation) : derainer.Derain(judged, cancellation);
                before.Add(Figures.Measure(judged, truth, valid));
                after.Add(Figures.Measure(background, truth, valid));
            }
            printer.PrintPicture(set, name, after[^1], derainers is null ? null : before[^1]);
        }
        return new(pairs.Count, Figures.Mean(after), before.Count > 0 ? Figures.Mean(before) : null);
    }

    /// <summary>The judged pictures in order; each is good until the next.</summary>
    IEnumerable<(string File, Mat Previous, Mat Frame, Mat Next)> Walk(IReadOnlyCollection<string> judged) =>
        SeesNeighbours ? new JudgedFrames(set.Judged.Files(), judged.Contains, set.Judged.ReadHushed).Walk() : Alone(judged);

    IEnumerable<(string File, Mat Previous, Mat Frame, Mat Next)> Alone(IEnumerable<string> judged)
    {
        foreach (string file in judged)
        {
            using Mat picture = set.Judged.ReadHushed(file);
            yield return (file, picture, picture, picture);
        }
    }

    /// <summary>The mask of a pair; null where none were asked for.</summary>
    Mat? ReadMask(string name, Mat truth)
    {
        if (set.Masks is not { } masks) { return null; }
        string file = masks.Files().FirstOrDefault(file => Path.GetFileNameWithoutExtension(file) == name)
            ?? throw new CommandException(ExitCodes.Input, $"'{masks.Path}' has no mask '{name}'; each pair needs one.");
        Mat mask = masks.Read(file);
        if (mask.Size() == truth.Size() && mask.Type() == MatType.CV_8UC1) { return mask; }
        using (mask) { throw new CommandException(ExitCodes.Input, $"mask '{file}' is {mask.Width}x{mask.Height} {mask.Type()}; it must be an 8-bit grey picture of {truth.Width}x{truth.Height}."); }
    }

    static void Check(string judgedFile, Mat judged, string cleanFile, Mat truth)
    {
        if (truth.Size() != judged.Size() || truth.Type() != judged.Type())
        {
            throw new CommandException(ExitCodes.Input, $"'{judgedFile}' is {judged.Width}x{judged.Height} {judged.Type()}, but its clean counterpart '{cleanFile}' is {truth.Width}x{truth.Height} {truth.Type()}.");
        }
        const int window = 11;
        if (truth.Width < window || truth.Height < window)
        {
            throw new CommandException(ExitCodes.Input, $"'{judgedFile}' is {judged.Width}x{judged.Height}; SSIM needs {window}x{window} pixels at least.");
        }
    }
}
