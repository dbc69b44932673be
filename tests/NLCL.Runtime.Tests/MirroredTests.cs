using OpenCvSharp;

namespace NLCL.Runtime.Tests;

/// <summary>Networks that see each picture twice, once mirrored.</summary>
public sealed class MirroredTests : IDisposable
{
    readonly TestFolder _folder = new();

    static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    Derainer Open(TinyOnnx model, bool mirrored, int scale = 1, long maxTilePixels = 0) => Derainer.Open(
        _folder.Write("m.onnx", model.ToBytes()), new DerainerOptions { Device = DeviceKind.Cpu, Threads = 1, Mirrored = mirrored, Scale = scale, MaxTilePixels = maxTilePixels });

    static float[] Flipped(float[] planes, int width) => [.. planes.Chunk(width).SelectMany(row => row.Reverse())];

    static float[] Derained(Derainer derainer, float[] rainy, int width, int height)
    {
        var background = new float[rainy.Length];
        derainer.Derain(rainy, background, width, height, Token);
        return background;
    }

    static void AssertNear(IEnumerable<float> expected, IEnumerable<float> found) =>
        Assert.InRange(expected.Zip(found, (a, b) => Math.Abs(a - b)).Max(), 0, 1e-5);

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 1)]
    [InlineData(false, 2)]
    [InlineData(true, 3)]
    public void The_mean_of_both_is_taken(bool grey, int scale)
    {
        TinyOnnx Network() => grey ? TinyOnnx.Grey() : TinyOnnx.Network();
        using Derainer mirrored = Open(Network(), true, scale), plain = Open(Network(), false, scale);
        var rainy = Noise.Planes(48, 36);
        float[] one = Derained(plain, rainy, 48, 36), other = Flipped(Derained(plain, Flipped(rainy, 48), 48, 36), 48);
        AssertNear(one.Zip(other, (a, b) => (a + b) / 2), Derained(mirrored, rainy, 48, 36));
        Assert.True(one.Zip(other, (a, b) => Math.Abs(a - b)).Max() > 1e-3);
    }

    [Fact]
    public void Several_pictures_keep_apart()
    {
        using var mirrored = Open(TinyOnnx.Grey(), true);
        float[] first = Noise.Planes(20, 12, 1), second = Noise.Planes(20, 12, 2), both = new float[2 * first.Length];
        mirrored.Derain([.. first, .. second], both, 20, 12, 2, Token);
        AssertNear([.. Derained(mirrored, first, 20, 12), .. Derained(mirrored, second, 20, 12)], both);
    }

    [Fact]
    public void Neighbours_are_mirrored_with_the_frame()
    {
        foreach (var network in new Func<TinyOnnx>[] { TinyOnnx.WindowNetwork, TinyOnnx.GreyWindow })
        {
            using Derainer mirrored = Open(network(), true), plain = Open(network(), false);
            float[] frame = Noise.Planes(32, 16, 2), before = [.. frame.Select(value => value * 0.98f)], after = [.. frame.Select(value => value * 0.97f)];
            float[] Through(Derainer derainer, Func<float[], float[]> seen)
            {
                var background = new float[frame.Length];
                derainer.Derain(seen(before), seen(frame), seen(after), background, 32, 16, Token);
                return background;
            }
            var other = Flipped(Through(plain, planes => Flipped(planes, 32)), 32);
            AssertNear(Through(plain, planes => planes).Zip(other, (a, b) => (a + b) / 2), Through(mirrored, planes => planes));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Tiles_and_odd_sizes_come_out_as_the_whole(int scale)
    {
        using Derainer whole = Open(TinyOnnx.Network(), true, scale), tiled = Open(TinyOnnx.Network(), true, scale, 4000);
        var rainy = Noise.Planes(157, 93);
        Assert.True(TileGrid.Plan(157, 93, tiled.Contract, 4000).Count > 1);
        AssertNear(Derained(whole, rainy, 157, 93), Derained(tiled, rainy, 157, 93));
    }

    [Fact]
    public void Clips_get_the_mean_of_the_rain_layer()
    {
        using var derainer = Open(TinyOnnx.Grey(), true);
        var rainy = Noise.Planes(40, 24);
        using var planes = derainer.ForClips().CreatePlanes(40, 24);
        rainy.CopyTo(planes.Seen);
        planes.Derain(Token);
        Assert.True(planes.GivesRain);
        var rain = planes.Given.ToArray();
        AssertNear(rainy.Select((value, i) => value - rain[i % rain.Length]), Derained(derainer, rainy, 40, 24));
    }

    [Fact]
    public void A_network_that_takes_one_picture_at_a_time_is_refused()
    {
        var model = new TinyOnnx { Dimensions = ["1", "3", "h", "w"], OutputDimensions = ["1", "3", "h", "w"] }.Node("Identity", ["rainy"], ["background"]);
        var refusal = Assert.Throws<ModelFileException>(() => Open(model, true));
        Assert.Contains("one picture at a time", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refusal.Message);
    }

    [Fact]
    public void A_photo_is_the_mean_of_what_the_default_model_makes_of_both()
    {
        var path = Checkout.PathOf("models", "nlcl.onnx");
        using Derainer plain = Derainer.Open(path, new DerainerOptions { Device = DeviceKind.Cpu }), mirrored = Derainer.Open(path, new DerainerOptions { Device = DeviceKind.Cpu, Mirrored = true });
        using Mat rainy = Cv2.ImRead(Checkout.PathOf("tests", "data", "rainy.jpg")), flipped = new(), other = new(), expected = new();
        Cv2.Flip(rainy, flipped, FlipMode.Y);
        using Mat one = plain.Derain(rainy, Token), ofFlipped = plain.Derain(flipped, Token), mean = mirrored.Derain(rainy, Token);
        Cv2.Flip(ofFlipped, other, FlipMode.Y);
        Cv2.AddWeighted(one, 0.5, other, 0.5, 0, expected);
        // Rounded, and in places clamped, before the mean here and after it there.
        Assert.True(Quality.PsnrY(mean, expected) > 55, $"{Quality.PsnrY(mean, expected)}");
        Assert.True(Quality.PsnrY(one, other) < 50, $"{Quality.PsnrY(one, other)}");
    }
}
