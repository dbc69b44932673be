using System.Text.Json.Nodes;
using NLCL.CommandLine;
using OpenCvSharp;

namespace NLCL.Tools.Tests;

/// <summary>Strips, and the page in a real browser.</summary>
public sealed class CompareCommandTests : IDisposable
{
    // BGR; the page holds JPEGs, so a colour is met within some levels.
    static readonly Scalar s_rainy = new(40, 40, 220), s_derained = new(220, 60, 40), s_truth = new(50, 200, 60);

    readonly TemporaryFolder _folder = new();

    public CompareCommandTests()
    {
        foreach ((string part, Scalar colour) in new[] { ("rainy", s_rainy), ("result", s_derained), ("clean", s_truth) })
        {
            Directory.CreateDirectory(_folder[part]);
            foreach (string name in new[] { "first", "<b>second" })
            {
                using Mat picture = new(90, 160, MatType.CV_8UC3, colour);
                Assert.True(Cv2.ImWrite(Path.Combine(_folder[part], name + ".png"), picture));
            }
        }
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Strips_show_rainy_derained_rain_and_truth_from_left_to_right()
    {
        Nlcl.Derain("compare", _folder["rainy"], _folder["out"], "--result", _folder["result"], "--clean", _folder["clean"]).Expect(ExitCodes.Success);
        using Mat strip = Cv2.ImRead(Path.Combine(_folder["out"], "strips", "first.png"));
        Assert.Equal(new Size((4 * 160) + (3 * 8), 90), strip.Size());
        Assert.Equal(s_rainy, At(strip, 80));
        Assert.Equal(s_derained, At(strip, 168 + 80));
        Assert.Equal(s_truth, At(strip, 504 + 80));
        // Grey of red minus grey of blue, doubled, about 128.
        Assert.InRange(At(strip, 336 + 80).Val0, 128, 200);
    }

    [Fact]
    public void The_model_makes_what_is_not_given_and_the_page_stands_alone()
    {
        Nlcl.Derain("compare", Path.Combine(_folder["rainy"], "first.png"), _folder["page.html"]).Expect(ExitCodes.Success);
        string page = File.ReadAllText(_folder["page.html"]);
        Assert.Contains("default-src 'none'", page, StringComparison.Ordinal);
        Assert.DoesNotContain("http:", page.Replace("http-equiv", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain("https:", page, StringComparison.Ordinal);
        Assert.Contains("--overwrite", Nlcl.Derain("compare", _folder["rainy"], _folder["page.html"]).Expect(ExitCodes.Output).OneErrorLine(), StringComparison.Ordinal);
        Nlcl.Derain("compare", _folder["nowhere"], _folder["other.html"]).Expect(ExitCodes.Input).OneErrorLine();
        Nlcl.Derain("compare", _folder["rainy"], _folder["other.html"], "--side", "3").Expect(ExitCodes.Usage).OneErrorLine();
        Assert.Equal(["page.html"], Directory.EnumerateFiles(_folder.Path).Select(Path.GetFileName));
    }

    [Fact]
    public void A_damaged_picture_is_left_out_and_reported()
    {
        File.WriteAllText(Path.Combine(_folder["rainy"], "first.png"), "no picture");
        Nlcl.Derain("compare", _folder["rainy"], _folder["out"], "--result", _folder["result"]).Expect(ExitCodes.Partial).OneErrorLine();
        Assert.Single(Directory.EnumerateFiles(Path.Combine(_folder["out"], "strips")));
    }

    [Fact]
    public async Task The_sliders_work_by_keyboard_mouse_and_touch_without_any_request()
    {
        Assert.SkipWhen(ChromiumPage.Program is null, "no Chromium here; 'apt-get install chromium' would run this.");
        Nlcl.Derain("compare", _folder["rainy"], _folder["out"], "--result", _folder["result"], "--clean", _folder["clean"]).Expect(ExitCodes.Success);
        using ChromiumPage page = await ChromiumPage.OpenAsync(Path.Combine(_folder["out"], "index.html"), 1000, 800);

        Assert.Equal(2, (int?)await page.EvaluateAsync("document.querySelectorAll('.pair').length"));
        Assert.Equal(8, (int?)await page.EvaluateAsync("Promise.all([...document.images].map(picture => picture.decode().then(() => picture.naturalWidth))).then(all => all.filter(width => width === 160).length)"));
        Assert.Equal("<b>second", (string?)await page.EvaluateAsync("[...document.querySelectorAll('.pair h2')].map(name => name.textContent).find(name => name.includes('second'))"));

        JsonNode box = (await page.EvaluateAsync("(() => { const box = document.querySelector('.view').getBoundingClientRect(); return { x: box.x, y: box.y, w: box.width, h: box.height }; })()"))!;
        double X(double share) => (double)box["x"]! + (share * (double)box["w"]!);
        double y = (double)box["y"]! + ((double)box["h"]! / 4);

        await page.EvaluateAsync("document.querySelector('.view input').focus()");
        for (int press = 0; press < 3; press++) { await page.PressAsync("ArrowRight"); }
        Assert.Equal("53%", await PositionAsync(page));
        await page.PressAsync("End");
        Assert.Equal("100%", await PositionAsync(page));

        await page.MouseAsync("mousePressed", X(0.25), y);
        Assert.Equal("25%", await PositionAsync(page));
        await page.MouseAsync("mouseMoved", X(0.75), y);
        Assert.Equal("75%", await PositionAsync(page));
        await page.MouseAsync("mouseReleased", X(0.75), y);
        await page.MouseAsync("mouseMoved", X(0.4), y);
        Assert.Equal("75%", await PositionAsync(page));

        await page.SendAsync("Emulation.setTouchEmulationEnabled", new() { ["enabled"] = true });
        await page.TouchAsync("touchStart", X(0.1), y);
        await page.TouchAsync("touchMove", X(0.6), y);
        await page.TouchAsync("touchEnd", 0, 0);
        Assert.Equal("60%", await PositionAsync(page));

        await LooksAsync(page, X(0.5), X(0.7), y, s_rainy, s_derained);
        await page.EvaluateAsync("document.querySelector('.pair input[value=truth]').click()");
        await LooksAsync(page, X(0.5), X(0.7), y, s_rainy, s_truth);

        string light = (string)(await page.EvaluateAsync("getComputedStyle(document.body).backgroundColor"))!;
        await page.SendAsync("Emulation.setEmulatedMedia", new() { ["features"] = new JsonArray(new JsonObject { ["name"] = "prefers-color-scheme", ["value"] = "dark" }) });
        string dark = (string)(await page.EvaluateAsync("getComputedStyle(document.body).backgroundColor"))!;
        Assert.NotEqual(light, dark);
        await page.EvaluateAsync("document.getElementById('theme').click()"); // from the system's to light
        Assert.Equal(light, (string?)await page.EvaluateAsync("getComputedStyle(document.body).backgroundColor"));

        Assert.Empty(page.Errors);
        Assert.All(page.Requests, address => Assert.True(address.StartsWith("data:", StringComparison.Ordinal) || address.StartsWith("file:", StringComparison.Ordinal), address));
        Assert.Single(page.Requests, address => address.StartsWith("file:", StringComparison.Ordinal));
        // The policy holds: what somebody adds to the page cannot call out.
        Assert.Equal("refused", (string?)await page.EvaluateAsync("fetch('data:,x').then(() => 'sent', () => 'refused')"));
    }

    static async Task<string?> PositionAsync(ChromiumPage page) =>
        (string?)await page.EvaluateAsync("getComputedStyle(document.querySelector('.view')).getPropertyValue('--at')");

    static async Task LooksAsync(ChromiumPage page, double left, double right, double y, Scalar expectedLeft, Scalar expectedRight)
    {
        byte[] png = await page.ScreenshotAsync();
        using Mat shown = Cv2.ImDecode(png, ImreadModes.Color);
        Near(expectedLeft, shown, left, y);
        Near(expectedRight, shown, right, y);
    }

    static void Near(Scalar expected, Mat shown, double x, double y)
    {
        using Mat pixel = new(shown, new Rect((int)x, (int)y, 1, 1));
        Scalar seen = Cv2.Mean(pixel);
        Assert.InRange(Math.Abs(seen.Val0 - expected.Val0) + Math.Abs(seen.Val1 - expected.Val1) + Math.Abs(seen.Val2 - expected.Val2), 0, 24);
    }

    static Scalar At(Mat picture, int x)
    {
        using Mat pixel = new(picture, new Rect(x, 45, 1, 1));
        return Cv2.Mean(pixel);
    }
}
