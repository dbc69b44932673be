using NLCL.CommandLine;
using NLCL.Runtime;
using OpenCvSharp;

namespace NLCL.Derain;

/// <summary>Writes the strips and the page, picture by picture; a picture that fails is reported and left out.</summary>
sealed class CompareJob(CompareSource source, ScaledDerainers? derainers, string output, int side, int quality, bool overwrite)
{
    readonly bool _pageOnly = Path.GetExtension(output).ToLowerInvariant() is ".html" or ".htm";

    /// <returns>The exit code.</returns>
    public int Run(CancellationToken cancellation)
    {
        string page = _pageOnly ? output : Path.Combine(output, "index.html");
        if (File.Exists(page) && !overwrite) { throw new CommandException(ExitCodes.Output, $"'{page}' exists; choose another name, or add --overwrite."); }
        string folder = Path.GetDirectoryName(Path.GetFullPath(page))!;
        if (_pageOnly && !Directory.Exists(folder)) { throw new CommandException(ExitCodes.Output, $"output folder '{folder}' is not there; create it first."); }
        Directory.CreateDirectory(folder);

        int failed = 0, done = 0;
        using ProgressPrinter progress = new($"compare {source.Rainy.Path}", "pictures", json: false);
        using (ComparePage written = new(page, derainers?.First.Contract.Name, side, quality))
        {
            foreach (CompareFiles files in source.Files)
            {
                cancellation.ThrowIfCancellationRequested();
                try
                {
                    using ComparedPicture picture = Compare(files, cancellation);
                    if (!_pageOnly) { WriteStrip(picture); }
                    written.Add(picture);
                }
                catch (PictureFileException failure) when (source.Files.Count > 1) { failed++; ConsoleText.WriteWarning(failure.Message); }
                catch (CommandException failure) when (source.Files.Count > 1 && failure.ExitCode == ExitCodes.Input) { failed++; ConsoleText.WriteWarning(failure.Message); }
                progress.Report(++done, source.Files.Count);
            }
            if (failed == done) { throw new CommandException(ExitCodes.Input, $"none of the {done} pictures could be compared."); }
            written.Finish();
        }
        progress.Finish(done);
        Console.WriteLine(page);
        return failed == 0 ? ExitCodes.Success : ExitCodes.Partial;
    }

    ComparedPicture Compare(CompareFiles files, CancellationToken cancellation)
    {
        using Mat rainy = source.Rainy.ReadHushed(files.Rainy);
        using Mat background = derainers?.For(rainy, cancellation).Derain(rainy, cancellation) ?? source.Result!.ReadHushed(files.Result!);
        using Mat? truth = files.Clean is null ? null : source.Clean!.ReadHushed(files.Clean);
        Check(files.Rainy, rainy, files.Result, background);
        if (truth is not null) { Check(files.Rainy, rainy, files.Clean, truth); }
        Mat shownRainy = PictureForms.ToEightBitBgr(rainy.Clone()), shownBackground = PictureForms.ToEightBitBgr(background.Clone());
        return new(
            files.Name,
            shownRainy,
            shownBackground,
            PictureForms.RainLayer(shownRainy, shownBackground),
            truth is null ? null : PictureForms.ToEightBitBgr(truth.Clone()),
            truth is null ? null : Figures.Measure(rainy, truth),
            truth is null ? null : Figures.Measure(background, truth));
    }

    static void Check(string rainyFile, Mat rainy, string? otherFile, Mat other)
    {
        if (rainy.Size() != other.Size() || rainy.Depth() != other.Depth())
        {
            throw new CommandException(ExitCodes.Input, $"'{otherFile}' is {other.Width}x{other.Height} {other.Type()}, but '{rainyFile}' is {rainy.Width}x{rainy.Height} {rainy.Type()}.");
        }
    }

    /// <summary>Rainy, derained, rain layer, truth, from left to right, with white between them.</summary>
    void WriteStrip(ComparedPicture picture)
    {
        using Mat gap = new(picture.Rainy.Height, 8, MatType.CV_8UC3, Scalar.All(255));
        List<Mat> row = [picture.Rainy, gap, picture.Background, gap, picture.Rain];
        if (picture.Truth is not null) { row.AddRange([gap, picture.Truth]); }
        using Mat strip = new();
        Cv2.HConcat(row, strip);
        string folder = Path.Combine(output, "strips");
        Directory.CreateDirectory(folder);
        PictureFile.Write(Path.Combine(folder, picture.Name + ".png"), strip, new PictureWriteOptions { Overwrite = overwrite });
    }
}
