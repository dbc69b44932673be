using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using OpenCvSharp;

namespace NLCL.Derain;

/// <summary>
/// One HTML file with everything in it: pictures as data URIs, style and script inline. Its policy forbids every request, and
/// every script and style but those two, by their SHA-256. Written under a temporary name until it is finished.
/// </summary>
sealed class ComparePage : IDisposable
{
    static readonly string s_style = Resource("compare.css");
    static readonly string s_script = Resource("compare.js");

    readonly string _path;
    readonly string _temporary;
    readonly int _side;
    readonly int _quality;
    readonly StreamWriter _html;
    readonly List<(Figures Before, Figures After)> _figures = [];
    readonly string? _model;
    int _count;

    /// <param name="path">The HTML file.</param>
    /// <param name="model">What made the results; null: not known.</param>
    /// <param name="side">Longer side of the pictures.</param>
    /// <param name="quality">JPEG quality, 1..100.</param>
    public ComparePage(string path, string? model, int side, int quality)
    {
        (_path, _model, _side, _quality) = (path, model, side, quality);
        _temporary = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, ".part-" + Path.GetFileName(path));
        _html = new(_temporary, append: false, new UTF8Encoding(false)) { NewLine = "\n" };
        _html.WriteLine($"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src '{Hash(s_style)}'; script-src '{Hash(s_script)}'; base-uri 'none'; form-action 'none'">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta name="referrer" content="no-referrer">
            <link rel="icon" href="data:,">
            <title>Rainy and derained</title>
            <style>{s_style}</style>
            </head>
            <body>
            <header>
            <h1>Rainy and derained</h1>
            <button id="theme" type="button" aria-live="polite">Theme: system</button>
            </header>
            <p class="hint">Drag over a picture, or focus it and use the arrow keys: left of the line it is rainy, right of it derained.</p>
            <main>
            """);
    }

    /// <summary>Adds one picture with its slider and figures.</summary>
    public void Add(ComparedPicture picture)
    {
        int id = ++_count;
        string name = WebUtility.HtmlEncode(picture.Name);
        (string View, string Label, Mat? Picture)[] views = [("derained", "Derained", picture.Background), ("rain", "Rain layer", picture.Rain), ("truth", "Truth", picture.Truth)];
        _html.WriteLine("<figure class=\"pair\">\n<div class=\"view\">");
        foreach ((string view, string label, Mat? shown) in views.Where(view => view.Picture is not null))
        {
            _html.WriteLine($"<img class=\"under\" data-view=\"{view}\" alt=\"{name}, {label.ToLowerInvariant()}\"{(view == "derained" ? "" : " hidden")} {Source(shown!)}>");
        }
        _html.WriteLine($"""
            <img class="over" alt="{name}, rainy" {Source(picture.Rainy)}>
            <div class="line"></div>
            <input type="range" min="0" max="100" step="1" value="50" aria-label="{name}: how much of the rainy picture is shown, in percent">
            </div>
            <figcaption>
            <h2>{name}</h2>
            <fieldset><legend>Right of the line</legend>
            """);
        foreach ((string view, string label, Mat? _) in views.Where(view => view.Picture is not null))
        {
            _html.WriteLine($"<label><input type=\"radio\" name=\"view{id}\" value=\"{view}\"{(view == "derained" ? " checked" : "")}>{label}</label>");
        }
        _html.WriteLine("</fieldset>");
        if (picture is { Before: { } before, After: { } after })
        {
            _figures.Add((before, after));
            _html.WriteLine(Table(before, after));
        }
        _html.WriteLine("</figcaption>\n</figure>");
    }

    /// <summary>Writes the means and gives the file its name.</summary>
    public void Finish()
    {
        _html.WriteLine("</main>\n<footer>");
        if (_figures.Count > 0)
        {
            _html.WriteLine($"<h2>Mean of {_figures.Count}</h2>");
            _html.WriteLine(Table(Figures.Mean([.. _figures.Select(one => one.Before)]), Figures.Mean([.. _figures.Select(one => one.After)])));
        }
        _html.WriteLine($"""
            <p>{_count} {(_count == 1 ? "picture" : "pictures")}{(_model is null ? "" : $", derained by the model <b>{WebUtility.HtmlEncode(_model)}</b>")}. The rain layer shows what was taken out: mid-grey is nothing, brighter is light taken away, at twice its strength.</p>
            </footer>
            <script>{s_script}</script>
            </body>
            </html>
            """);
        _html.Flush();
        ((FileStream)_html.BaseStream).Flush(flushToDisk: true);
        _html.Dispose();
        File.Move(_temporary, _path, overwrite: true);
    }

    public void Dispose()
    {
        _html.Dispose();
        File.Delete(_temporary);
    }

    string Source(Mat picture)
    {
        using Mat small = PictureForms.Fit(picture, _side);
        Cv2.ImEncode(".jpg", small, out byte[] bytes, new ImageEncodingParam(ImwriteFlags.JpegQuality, _quality));
        return $"width=\"{small.Width}\" height=\"{small.Height}\" src=\"data:image/jpeg;base64,{Convert.ToBase64String(bytes)}\"";
    }

    static string Table(Figures before, Figures after) => $"""
        <table>
        <tr><th></th><th>Y-PSNR</th><th>Y-SSIM</th><th>RGB-PSNR</th><th>RGB-SSIM</th></tr>
        {Row("rainy", before)}
        {Row("derained", after)}
        </table>
        """;

    static string Row(string name, Figures figures) => string.Create(
        CultureInfo.InvariantCulture,
        $"<tr><th>{name}</th><td>{Decibels(figures.PsnrY)}</td><td>{figures.SsimY:0.0000}</td><td>{Decibels(figures.PsnrRgb)}</td><td>{figures.SsimRgb:0.0000}</td></tr>");

    static string Decibels(double value) => double.IsFinite(value) ? string.Create(CultureInfo.InvariantCulture, $"{value:0.00} dB") : "equal";

    static string Hash(string text) => "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    static string Resource(string name)
    {
        using StreamReader reader = new(typeof(ComparePage).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
