using System.Globalization;
using System.Text.Json.Nodes;
using NLCL.Runtime;
using OpenCvSharp;

namespace NLCL.Derain;

/// <summary>Collects from one picture or clip.</summary>
/// <param name="file">The source.</param>
/// <param name="name">What the names of its pictures begin with.</param>
/// <param name="output">The collection's folder.</param>
/// <param name="rules">What to take.</param>
/// <param name="derainer">Judges the rain.</param>
/// <param name="hashes">Of the frames taken before, from any source.</param>
sealed class CollectSource(FileInfo file, string name, string output, CollectRules rules, Derainer derainer, List<ulong> hashes)
{
    /// <summary>A background with fewer valid pixels is of no use.</summary>
    const double LeastValid = 0.5;

    readonly RainScore _score = new(derainer);
    readonly List<JsonObject> _lines = [];

    /// <summary>The manifest's lines of what was taken.</summary>
    public IReadOnlyList<JsonObject> Lines => _lines;

    public SourceTally Tally { get; } = new();

    public JsonObject Summary()
    {
        JsonObject line = Tally.ToJson();
        line.Insert(0, "source", file.FullName);
        return line;
    }

    public void Run(CancellationToken cancellation)
    {
        if (MediaKinds.Of(file.FullName) == MediaKind.Picture)
        {
            Mat picture = PictureForms.ToEightBitBgr(Read());
            Tally.Frames = 1;
            Consider(new(0, null, picture, FrameMeasures.Sharpness(picture)), cancellation);
            return;
        }
        SceneReader reader = new(rules);
        reader.Read(file.FullName, candidate => Consider(candidate, cancellation), Estimate, cancellation);
        (Tally.Frames, Tally.Cuts) = (reader.Frames, reader.Cuts);
    }

    Mat Read()
    {
        using IDisposable hushed = NativeChatter.Hush();
        return PictureFile.Read(file.FullName);
    }

    void Consider(Candidate candidate, CancellationToken cancellation)
    {
        using (candidate)
        {
            Tally.Candidates++;
            if (rules.Most > 0 && Tally.Taken >= rules.Most) { Tally.Refuse("surplus"); return; }
            if (candidate.Sharpness < rules.Sharpness) { Tally.Refuse("blurry"); return; }
            ulong hash = FrameMeasures.Hash(candidate.Frame);
            if (hashes.Any(other => FrameMeasures.Distance(other, hash) < rules.Distance)) { Tally.Refuse("alike"); return; }
            (double rain, double sharpness) = _score.Of(candidate.Frame, cancellation);
            if (rain < rules.Rain) { Tally.Refuse("dry"); return; }
            // Sharp drops before a blurred scene are sharp too, so the scene is asked once more without them.
            if (sharpness < rules.Sharpness) { Tally.Refuse("blurry"); return; }

            string picture = Write("frames", candidate.Index, candidate.Frame);
            hashes.Add(hash);
            Tally.Taken++;
            _lines.Add(new()
            {
                ["kind"] = "frame",
                ["source"] = file.FullName,
                ["name"] = name,
                ["frame"] = candidate.Index,
                ["time"] = candidate.Time,
                ["picture"] = picture,
                ["rain"] = Math.Round(rain, 3),
                ["sharpness"] = Math.Round(candidate.Sharpness, 4),
                ["hash"] = hash.ToString("x16", CultureInfo.InvariantCulture),
            });
        }
    }

    void Estimate(IReadOnlyList<(int Index, double? Time, Mat Frame)> window)
    {
        if (rules.Most > 0 && Tally.Backgrounds >= rules.Most) { return; }
        using EstimatedBackground? estimate = BackgroundEstimate.Make(window, rules.Quantile);
        if (estimate is null) { Tally.Refuse("window of a moving camera"); return; }
        if (estimate.ValidShare < LeastValid) { Tally.Refuse("window full of motion"); return; }
        Tally.Backgrounds++;
        _lines.Add(new()
        {
            ["kind"] = "background",
            ["source"] = file.FullName,
            ["name"] = name,
            ["frame"] = estimate.Index,
            ["time"] = estimate.Time,
            ["rainy"] = Write(Path.Combine("pairs", "rainy"), estimate.Index, estimate.Rainy),
            ["clean"] = Write(Path.Combine("pairs", "clean"), estimate.Index, estimate.Background),
            ["mask"] = Write(Path.Combine("pairs", "mask"), estimate.Index, estimate.Valid),
            ["frames"] = window.Count,
            ["valid"] = Math.Round(estimate.ValidShare, 4),
        });
    }

    /// <summary>Writes a picture at its full size; returns its path within the collection.</summary>
    string Write(string folder, int index, Mat picture)
    {
        string path = Path.Combine(folder, $"{name}-{index:000000}.png");
        Directory.CreateDirectory(Path.Combine(output, folder));
        PictureFile.Write(Path.Combine(output, path), picture, new PictureWriteOptions { Overwrite = true });
        return path;
    }
}
