using NLCL.CommandLine;
using NLCL.Runtime;
using OpenCvSharp;

namespace NLCL.Derain;

/// <summary>Walks the pairs of one set.</summary>
/// <param name="set">The pictures.</param>
/// <param name="derainer">Derains them first; null: they are results.</param>
/// <param name="clip">The judged pictures are the frames of a clip: a model that sees neighbours gets them.</param>
sealed class Evaluation(PictureSet set, Derainer? derainer, bool clip)
{
    // Those without a clean counterpart are neighbours, too.
    readonly IReadOnlyList<string> _frames = clip && derainer?.Contract.Frames > 1 ? set.Judged.Files() : [];

    /// <exception cref="CommandException">There are no pairs, or two of one name do not fit each other.</exception>
    public SetFigures Run(EvaluationPrinter printer, CancellationToken cancellation)
    {
        (string Name, string Judged, string Clean)[] pairs = set.Pairs();
        printer.PrintHead(set);
        List<Figures> before = [], after = [];
        foreach ((string name, string judgedFile, string cleanFile) in pairs)
        {
            cancellation.ThrowIfCancellationRequested();
            using Mat truth = Read(set.Clean, cleanFile);
            using Mat judged = Read(set.Judged, judgedFile);
            Check(judgedFile, judged, cleanFile, truth);
            using Mat? valid = ReadMask(name, truth);
            if (derainer is null) { after.Add(Figures.Measure(judged, truth, valid)); }
            else
            {
                using Mat background = Derain(derainer, judgedFile, judged, cancellation);
                before.Add(Figures.Measure(judged, truth, valid));
                after.Add(Figures.Measure(background, truth, valid));
            }
            printer.PrintPicture(set, name, after[^1], derainer is null ? null : before[^1]);
        }
        return new(pairs.Length, Figures.Mean(after), before.Count > 0 ? Figures.Mean(before) : null);
    }

    Mat Derain(Derainer derainer, string file, Mat frame, CancellationToken cancellation)
    {
        if (_frames.Count == 0) { return derainer.Derain(frame, cancellation); }
        int index = 0;
        while (_frames[index] != file) { index++; }
        using Mat? previous = Neighbour(index - 1, file, frame), next = Neighbour(index + 1, file, frame);
        return derainer.Derain(previous ?? frame, frame, next ?? frame, cancellation);
    }

    /// <summary>Null beyond the ends of the clip.</summary>
    Mat? Neighbour(int index, string file, Mat frame)
    {
        if (index < 0 || index == _frames.Count) { return null; }
        Mat neighbour = Read(set.Judged, _frames[index]);
        if (neighbour.Size() == frame.Size() && neighbour.Type() == frame.Type()) { return neighbour; }
        using (neighbour) { throw new CommandException(ExitCodes.Input, $"'{_frames[index]}' is {neighbour.Width}x{neighbour.Height} {neighbour.Type()}, but '{file}' beside it is {frame.Width}x{frame.Height} {frame.Type()}; the frames of a clip are all alike."); }
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

    static Mat Read(PictureFolder folder, string file)
    {
        using IDisposable hushed = NativeChatter.Hush();
        return folder.Read(file);
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
