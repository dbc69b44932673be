using System.Globalization;
using System.Text.Json.Nodes;
using NLCL.CommandLine;
using NLCL.Runtime;
using OpenCvSharp;

namespace NLCL.Derain;

/// <summary>
/// Gives folders of damaged photos to the real program in a process of its own. Each photo must be derained or reported; the
/// process must end with a documented code, in time, and leave nothing half-written.
/// </summary>
sealed class DamageSoak(string model, int seed, string? keep)
{
    const int BatchSize = 250;
    static readonly TimeSpan s_limitOfOne = TimeSpan.FromSeconds(10);
    static readonly TimeSpan s_limitOfBatch = TimeSpan.FromMinutes(3);

    int _derained;
    int _reported;
    long _peak;
    readonly List<string> _problems = [];

    public SoakResult Run(int count, CancellationToken cancellation)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("nlcl-damage-");
        try
        {
            (string Extension, byte[] Bytes)[] sources = Sources(folder.FullName);
            for (int first = 0; first < count; first += BatchSize)
            {
                cancellation.ThrowIfCancellationRequested();
                string batch = folder.CreateSubdirectory($"in{first}").FullName;
                for (int index = first; index < Math.Min(first + BatchSize, count); index++)
                {
                    (string extension, byte[] bytes) = sources[index % sources.Length];
                    File.WriteAllBytes(Path.Combine(batch, index.ToString("D7", CultureInfo.InvariantCulture) + extension), Damage.Apply(bytes, unchecked((seed * 1_000_003) + index)));
                }
                Try(batch, batch + "-out");
                Directory.Delete(batch, recursive: true);
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
        return new("damaged photos",
        [
            ("photos", JsonValue.Create(count)),
            ("derained", JsonValue.Create(_derained)),
            ("reported", JsonValue.Create(_reported)),
            ("crashes and other faults", JsonValue.Create(_problems.Count)),
            ("peakMiB", JsonValue.Create(Math.Round(_peak / 1048576.0, 1))),
        ], _problems.Count == 0 ? null : string.Join("; ", _problems.Take(5)));
    }

    /// <summary>Sound photos of each format and kind, small, so that damage hits structure.</summary>
    static (string Extension, byte[] Bytes)[] Sources(string folder)
    {
        using Mat colour = TestScene.Draw(45, 33, 1);
        using Mat grey = new(), deep = new(), alpha = new();
        Cv2.CvtColor(colour, grey, ColorConversionCodes.BGR2GRAY);
        colour.ConvertTo(deep, MatType.CV_16UC3, 257);
        Cv2.CvtColor(colour, alpha, ColorConversionCodes.BGR2BGRA);
        List<(string, byte[])> sources = [];
        void Add(Mat picture, string extension, PictureWriteOptions? options = null)
        {
            string path = Path.Combine(folder, "source" + extension);
            PictureFile.Write(path, picture, (options ?? new()) with { Overwrite = true });
            sources.Add((extension, File.ReadAllBytes(path)));
        }
        foreach (string extension in new[] { ".png", ".jpg", ".webp", ".tif", ".bmp" })
        {
            Add(colour, extension);
            Add(grey, extension);
            Add(extension is ".jpg" or ".bmp" or ".webp" ? colour : deep, extension, new PictureWriteOptions { Lossless = true, Quality = 60 });
            if (extension != ".jpg") { Add(alpha, extension); }
        }
        return [.. sources];
    }

    void Try(string batch, string output)
    {
        int count = Directory.GetFiles(batch).Length;
        (int? code, string printed) = Derain(batch, output);
        if (code is ExitCodes.Success or ExitCodes.Partial && JsonNode.Parse(printed.TrimEnd().Split('\n')[^1]) is JsonObject last)
        {
            int succeeded = (int)last["succeeded"]!, failed = (int)last["failed"]!;
            _derained += succeeded;
            _reported += failed;
            string[] written = Directory.Exists(output) ? Directory.GetFiles(output) : [];
            if (succeeded + failed != count || written.Length != succeeded || written.Any(file => Path.GetFileName(file)[0] == '.'))
            {
                _problems.Add($"{count} photos: {succeeded} derained, {failed} reported, {written.Length} written");
            }
        }
        else if (count == 1)
        {
            string file = Directory.GetFiles(batch)[0];
            _problems.Add($"{Path.GetFileName(file)} of seed {seed} ended with {(code is { } ended ? $"code {ended}" : $"no end within {s_limitOfOne.TotalSeconds} s")}");
            if (keep is not null)
            {
                Directory.CreateDirectory(keep);
                File.Copy(file, Path.Combine(keep, Path.GetFileName(file)), overwrite: true);
            }
        }
        else { OneByOne(batch); }
        if (Directory.Exists(output)) { Directory.Delete(output, recursive: true); }
    }

    /// <summary>Finds which photos of a batch did it.</summary>
    void OneByOne(string batch)
    {
        int before = _problems.Count;
        foreach (string file in Directory.GetFiles(batch).Order(StringComparer.Ordinal))
        {
            string alone = batch + "-one";
            Directory.CreateDirectory(alone);
            File.Copy(file, Path.Combine(alone, Path.GetFileName(file)));
            Try(alone, alone + "-out");
            Directory.Delete(alone, recursive: true);
        }
        if (_problems.Count == before) { _problems.Add($"{Path.GetFileName(batch)} failed as a whole, but none of its photos alone"); }
    }

    (int? Code, string Printed) Derain(string input, string output)
    {
        OwnRun run = OwnProgram.Run(
            ["derain", input, output, "--json", "--model", model, "--device", "cpu", "--threads", "1", "--max-megapixels", "1"],
            Directory.GetFiles(input).Length == 1 ? s_limitOfOne : s_limitOfBatch);
        _peak = Math.Max(_peak, run.PeakBytes);
        return (run.Code, run.Printed);
    }
}
