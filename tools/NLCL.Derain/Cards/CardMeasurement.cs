using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using NLCL.CommandLine;
using NLCL.Runtime;
using OpenCvSharp;

namespace NLCL.Derain;

/// <summary>Measures, and writes the card's section in Markdown.</summary>
sealed class CardMeasurement(CardPlan plan, Derainer derainer)
{
    const int Rounds = 5;

    readonly StringBuilder _text = new();

    /// <returns>The section without its heading.</returns>
    public string Section(CancellationToken cancellation)
    {
        Line($"Written by `tools/nlcl card` for the file with SHA-256 `{derainer.Model.Sha256[..16]}…`, on {derainer.Device with { Requested = derainer.Device.Chosen }}, 8-bit results. Pairs go by file name; PSNR in dB.");
        using ProgressPrinter progress = new("card", "parts", json: false);
        int done = 0, all = plan.Sets.Count + plan.Dry.Count + plan.Real.Count + plan.Clips.Count + plan.ShortClips.Count + plan.Sizes.Count;
        Table("", plan.Sets, "| set | pictures | Y-PSNR | Y-SSIM | RGB-PSNR | RGB-SSIM | rainy: Y-PSNR | Y-SSIM | RGB-PSNR | RGB-SSIM |", set => SetRow(set, cancellation));
        Table("### Pictures without rain", plan.Dry, "| set | pictures | Y-PSNR to the input | Y-SSIM | RGB-PSNR | largest shift of a channel's mean, levels | pictures shifted by more than 1 level |", set => DryRow(set, cancellation));
        Table("### Real rain without truth", plan.Real, "| set | pictures | spread of the rain layer, levels: lowest tenth | median | highest tenth | pictures left as they are (below half a level) |", set => RealRow(set, cancellation));
        Table("### Clips", plan.Clips, "| clip | frames | rainy: Y-PSNR / Y-SSIM | derained | flicker: pixels that count | change from frame to frame, levels: rainy | derained | derained/rainy | spread of the rain layer, levels |", clip => ClipRow(clip, cancellation));
        Table("### Short clips of many scenes", plan.ShortClips, "| set | clips | rainy: Y-PSNR | Y-SSIM | derained: Y-PSNR | Y-SSIM | clips that come out worse than they came in |", kind => ShortClipsRow(kind, cancellation));
        Table("### Cost", plan.Sizes, $"| frame | ms, median of {Rounds} | ms per megapixel |", size => CostRow(size, cancellation));
        if (plan.Analysis is { } analysis) { Dimensions(analysis); }
        return _text.ToString();

        void Table<T>(string heading, IReadOnlyList<T> rows, string head, Func<T, string> row)
        {
            if (rows.Count == 0) { return; }
            Line($"");
            if (heading.Length > 0) { Line($"{heading}\n"); }
            Line($"{head}\n|{string.Concat(Enumerable.Repeat("---|", head.Count(letter => letter == '|') - 1))}");
            foreach (T item in rows)
            {
                cancellation.ThrowIfCancellationRequested();
                Line($"{row(item)}");
                progress.Report(++done, all);
            }
        }
    }

    string SetRow((string Name, PictureFolder Rainy, PictureFolder Clean) set, CancellationToken cancellation)
    {
        Dictionary<string, string> truths = set.Clean.Files().ToDictionary(file => Path.GetFileNameWithoutExtension(file), StringComparer.Ordinal);
        List<Figures> before = [], after = [];
        foreach (string file in set.Rainy.Files())
        {
            cancellation.ThrowIfCancellationRequested();
            if (!truths.TryGetValue(Path.GetFileNameWithoutExtension(file), out string? truthFile)) { continue; }
            using Mat rainy = set.Rainy.ReadHushed(file), truth = set.Clean.ReadHushed(truthFile), result = derainer.Derain(rainy, cancellation);
            before.Add(Figures.Measure(rainy, truth));
            after.Add(Figures.Measure(result, truth));
        }
        if (after.Count == 0) { throw new CommandException(ExitCodes.Input, $"set '{set.Name}': no file name occurs both in '{set.Rainy.Path}' and in '{set.Clean.Path}'."); }
        return $"| {set.Name} | {after.Count} | {Cells(Figures.Mean(after))} | {Cells(Figures.Mean(before))} |";
    }

    string DryRow((string Name, IReadOnlyList<PictureFolder> Clean) set, CancellationToken cancellation)
    {
        DryFigures dry = DryFigures.Measure(set.Clean, derainer, cancellation);
        return Text($"| {set.Name} | {dry.Pictures} | {dry.Mean.PsnrY:0.00} | {dry.Mean.SsimY:0.0000} | {dry.Mean.PsnrRgb:0.00} | {dry.WorstShift:0.00} | {dry.Shifted} |");
    }

    string RealRow((string Name, PictureFolder Rainy) set, CancellationToken cancellation)
    {
        RainyFigures rainy = RainyFigures.Measure(set.Rainy, derainer, cancellation);
        return Text($"| {set.Name} | {rainy.Spreads.Count} | {rainy.Quantile(0.1):0.00} | {rainy.Quantile(0.5):0.00} | {rainy.Quantile(0.9):0.00} | {rainy.Untouched} |");
    }

    string ClipRow((string Name, string Rainy, string? Clean) clip, CancellationToken cancellation)
    {
        FlickerFigures flicker = Flicker.Measure(clip.Rainy, null, clip.Clean, derainer, 0, cancellation);
        string counting = clip.Clean is null ? "all; no truth" : Text($"{100 * flicker.StillShare:0.0} %, still in the clean clip");
        string quality = flicker.Quality is not { } found ? "no truth | " : Text($"{found.Rainy.PsnrY:0.00} / {found.Rainy.SsimY:0.0000} | {found.Result.PsnrY:0.00} / {found.Result.SsimY:0.0000}");
        return Text($"| {clip.Name} | {flicker.Frames} | {quality} | {counting} | {flicker.RainyChange:0.00} | {flicker.ResultChange:0.00} | {flicker.ResultChange / flicker.RainyChange:0.00} | {flicker.RainSpread:0.00} |");
    }

    string ShortClipsRow((string Name, IReadOnlyList<(string Rainy, string Clean)> Clips) kind, CancellationToken cancellation)
    {
        (Figures Rainy, Figures Result)[] clips = [.. kind.Clips.Select(clip => Flicker.Measure(clip.Rainy, null, clip.Clean, derainer, 0, cancellation).Quality!.Value)];
        Figures before = Figures.Mean([.. clips.Select(clip => clip.Rainy)]), after = Figures.Mean([.. clips.Select(clip => clip.Result)]);
        return Text($"| {kind.Name} | {clips.Length} | {before.PsnrY:0.00} | {before.SsimY:0.0000} | {after.PsnrY:0.00} | {after.SsimY:0.0000} | {clips.Count(clip => clip.Result.PsnrY < clip.Rainy.PsnrY)} |");
    }

    string CostRow((int Width, int Height) size, CancellationToken cancellation)
    {
        float[] rainy = new float[3 * size.Width * size.Height], background = new float[rainy.Length];
        Random random = new(1);
        for (int i = 0; i < rainy.Length; i++) { rainy[i] = random.NextSingle(); }
        double[] times = new double[Rounds];
        for (int round = -1; round < Rounds; round++) // the first one warms up
        {
            cancellation.ThrowIfCancellationRequested();
            long start = Stopwatch.GetTimestamp();
            derainer.Derain(rainy, background, size.Width, size.Height, cancellation);
            if (round >= 0) { times[round] = Stopwatch.GetElapsedTime(start).TotalMilliseconds; }
        }
        double median = times.Order().ElementAt(Rounds / 2);
        return Text($"| {size.Width}x{size.Height} | {median:0} | {median * 1e6 / ((double)size.Width * size.Height):0} |");
    }

    void Dimensions(JsonObject analysis)
    {
        Line($"\n### Intrinsic dimension\n");
        Line($"`tools/nlcl analyze`, {(int?)analysis["pictures"] ?? 0} pictures, groups of {(int?)analysis["patchesPerGroup"] ?? 0} patches of {(int?)analysis["patchSize"] ?? 0} pixels; mean and spread over the groups.\n");
        Line($"| layer | groups | maximum likelihood | principal components for 95 % | participation ratio |\n|---|---|---|---|---|");
        foreach (string layer in new[] { "background", "rain" })
        {
            JsonNode? figures = analysis[layer];
            string likelihood = string.Join(", ", figures?["maximumLikelihood"]?.AsObject().Select(item => $"{Spread(item.Value)} (k = {item.Key})") ?? []);
            Line($"| {layer} | {(int?)figures?["groups"] ?? 0} | {likelihood} | {Spread(figures?["principalComponents95"])} | {Spread(figures?["participationRatio"])} |");
        }
        if ((string?)analysis["verdict"] is { } verdict) { Line($"\n{verdict}"); }
    }

    static string Spread(JsonNode? value) => value is null ? "not measured" : Text($"{(double?)value["mean"]:0.00} ± {(double?)value["spread"]:0.00}");

    static string Cells(Figures figures) => Text($"{figures.PsnrY:0.00} | {figures.SsimY:0.0000} | {figures.PsnrRgb:0.00} | {figures.SsimRgb:0.0000}");

    static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    void Line(FormattableString text) => _text.Append(Text(text)).Append('\n');
}
