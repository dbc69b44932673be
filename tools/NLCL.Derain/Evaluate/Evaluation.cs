using NLCL.CommandLine;
using NLCL.Runtime;
using OpenCvSharp;

namespace NLCL.Derain;

/// <summary>Walks the pairs of one set.</summary>
/// <param name="set">The pictures.</param>
/// <param name="derainer">Derains them first; null: they are results.</param>
sealed class Evaluation(PictureSet set, Derainer? derainer)
{
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
            if (derainer is null) { after.Add(Figures.Measure(judged, truth)); }
            else
            {
                using Mat background = derainer.Derain(judged, cancellation);
                before.Add(Figures.Measure(judged, truth));
                after.Add(Figures.Measure(background, truth));
            }
            printer.PrintPicture(set, name, after[^1], derainer is null ? null : before[^1]);
        }
        return new(pairs.Length, Figures.Mean(after), before.Count > 0 ? Figures.Mean(before) : null);
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
