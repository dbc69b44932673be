using System.Diagnostics;
using System.Globalization;
using System.Net;
using OpenCvSharp;

namespace NLCL.Runtime.Tests;

/// <summary>The samples as their readers run them.</summary>
public sealed class SampleTests : IDisposable
{
    readonly TestFolder _folder = new();

    static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    string Model => _folder.Write("m.onnx", TinyOnnx.Network().ToBytes());

    static string Photo => Checkout.PathOf("tests", "data", "rainy.jpg");

    [Fact]
    public async Task The_console_sample_derains_a_photo()
    {
        var (code, output) = await Checkout.RunAsync(Checkout.Program("NLCL.Samples.Photo"), Model, Photo, _folder["clear.png"]);
        Assert.True(code == 0, output);
        using var expected = PictureFile.Read(Photo);
        using var actual = PictureFile.Read(_folder["clear.png"]);
        using var derainer = Derainer.Open(Model, new DerainerOptions { Device = DeviceKind.Cpu });
        derainer.Derain(expected, expected, Token);
        AssertClose(expected, actual);
    }

    [Fact]
    public async Task The_camera_sample_reads_frames_until_told_to_stop()
    {
        var (code, output) = await Checkout.RunAsync(Checkout.Program("NLCL.Samples.Camera"), Model, Checkout.PathOf("tests", "data", "rainy.mp4"), "3");
        Assert.True(code == 0, output);
        Assert.Contains("3 frames of ", output, StringComparison.Ordinal);
        Assert.Equal(3, (await Checkout.RunAsync(Checkout.Program("NLCL.Samples.Camera"), Model, _folder["no such clip.mp4"])).Code);
    }

    [Fact]
    public async Task The_endpoint_answers_a_picture_with_its_background_and_bounds_what_it_takes_on()
    {
        using var server = Checkout.Dotnet(Checkout.Program("NLCL.Samples.Endpoint"), "--Model", Model, "--AtOnce", "1", "--urls", "http://127.0.0.1:0");
        try
        {
            using var client = new HttpClient { BaseAddress = await AddressAsync(server) };
            var photo = await File.ReadAllBytesAsync(Photo, Token);
            using var answer = await client.PostAsync("derain", new ByteArrayContent(photo), Token);
            Assert.Equal((HttpStatusCode.OK, "image/png"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
            using var actual = Cv2.ImDecode(await answer.Content.ReadAsByteArrayAsync(Token), ImreadModes.Unchanged);
            using var expected = PictureFile.Read(Photo);
            using var derainer = Derainer.Open(Model, new DerainerOptions { Device = DeviceKind.Cpu });
            derainer.Derain(expected, expected, Token);
            AssertClose(expected, actual);

            using var refused = await client.PostAsync("derain", new ByteArrayContent([1, 2, 3]), Token);
            Assert.Equal(HttpStatusCode.UnsupportedMediaType, refused.StatusCode);
            Assert.DoesNotContain('\n', await refused.Content.ReadAsStringAsync(Token));
            Assert.Contains("thread", await client.GetStringAsync("device", Token), StringComparison.Ordinal);

            var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => client.PostAsync("derain", new ByteArrayContent(photo), Token)));
            Assert.All(answers, one => Assert.True(one.StatusCode is HttpStatusCode.OK or HttpStatusCode.ServiceUnavailable, one.StatusCode.ToString()));
            Assert.Contains(answers, one => one.StatusCode == HttpStatusCode.OK);
            // After the rush everything is free again.
            using var after = await client.PostAsync("derain", new ByteArrayContent(photo), Token);
            Assert.Equal(HttpStatusCode.OK, after.StatusCode);
        }
        finally
        {
            server.Kill();
            await server.WaitForExitAsync(Token);
        }
    }

    static async Task<Uri> AddressAsync(Process server)
    {
        const string words = "Now listening on: ";
        var seen = "";
        while (await server.StandardOutput.ReadLineAsync(Token) is { } line)
        {
            seen += line + "\n";
            if (line.IndexOf(words, StringComparison.Ordinal) is >= 0 and var at)
            {
                // Nobody reads on: it must not block on a full pipe.
                _ = server.StandardOutput.ReadToEndAsync(CancellationToken.None);
                _ = server.StandardError.ReadToEndAsync(CancellationToken.None);
                return new Uri(line[(at + words.Length)..].Trim() + "/");
            }
        }
        throw new InvalidOperationException($"The endpoint did not start: {seen}{await server.StandardError.ReadToEndAsync(Token)}");
    }

    /// <summary>Another number of threads may round a code the other way.</summary>
    static void AssertClose(Mat expected, Mat actual)
    {
        Assert.Equal((expected.Cols, expected.Rows, expected.Type()), (actual.Cols, actual.Rows, actual.Type()));
        var largest = Noise.Content(expected).Zip(Noise.Content(actual), (a, b) => Math.Abs(a - b)).Max();
        Assert.True(largest <= 1, largest.ToString(CultureInfo.InvariantCulture));
    }
}
