using OpenCvSharp;

namespace NLCL.Runtime.Tests;

/// <summary>A camera that turns between the frames of a window.</summary>
public sealed class CameraShiftTests : IDisposable
{
    const int Width = 210, Height = 162;

    readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>Structure of many sizes that repeats nowhere, in [0, 1]; any place from 0 to 399 can be looked at.</summary>
    static readonly Lazy<float[]> s_scene = new(() =>
    {
        using var scene = new Mat(400, 400, MatType.CV_32FC1, Scalar.All(0.5));
        foreach (var size in new[] { 3, 9, 31 })
        {
            using var noise = Noise.Picture(400, 400, MatType.CV_32FC1, size);
            using var smooth = new Mat();
            Cv2.Blur(noise, smooth, new Size(size, size));
            Cv2.AddWeighted(scene, 1, smooth, 0.4 * size, -0.2 * size, scene);
        }
        Cv2.Max(scene, 0, scene);
        Cv2.Min(scene, 0.9, scene);
        scene.GetArray(out float[] values);
        return values;
    });

    static float Scene(int x, int y) => s_scene.Value[(y * 400) + x];

    /// <summary>The scene from a place on, with falling rain.</summary>
    static float[] Frame(int left, int top, int rain, int width = Width, int height = Height)
    {
        var planes = new float[3 * width * height];
        var random = new Random(rain);
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var drop = rain != 0 && random.Next(20) == 0 ? 0.3f : 0;
                for (var channel = 0; channel < 3; channel++)
                {
                    planes[(((channel * height) + y) * width) + x] = Math.Min(1, Scene(left + x, top + y) - (0.05f * channel) + drop);
                }
            }
        }
        return planes;
    }

    static (PixelShift Before, PixelShift After) Find(float[] before, float[] frame, float[] after, int width = Width, int height = Height) =>
        CameraShift.Of(new PlanarWindow(before, frame, after, width, height), 0, width, height);

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 0)]
    [InlineData(-2, 1)]
    [InlineData(7, -5)]
    [InlineData(-31, 18)]
    public void The_camera_s_way_is_found_through_rain(int panX, int panY)
    {
        var found = Find(Frame(100 - panX, 100 - panY, 1), Frame(100, 100, 2), Frame(100 + panX, 100 + panY, 3));
        // What the camera turns to the right, the scene moves to the left.
        Assert.Equal((new PixelShift(panX, panY), new PixelShift(-panX, -panY)), found);
    }

    [Fact]
    public void What_shows_no_common_place_stands_still()
    {
        float[] grey = [.. Enumerable.Repeat(0.5f, 3 * Width * Height)];
        Assert.Equal(default, Find(grey, grey, grey));
        Assert.Equal(default, Find(Noise.Planes(Width, Height, 1), Noise.Planes(Width, Height, 2), Noise.Planes(Width, Height, 3)));
        Assert.Equal(default, Find(Frame(5, 0, 0, 100, 90), Frame(0, 0, 0, 100, 90), Frame(9, 0, 0, 100, 90), 100, 90)); // too small to tell
    }

    [Theory]
    [InlineData(1 << 20)] // whole
    [InlineData(4000)] // in tiles
    public void Neighbours_are_shifted_back_and_the_frame_stands_where_they_show_nothing(int maxTilePixels)
    {
        const int PanX = 9, PanY = -4;
        float[] before = Frame(100 - PanX, 100 - PanY, 0), frame = Frame(100, 100, 0), after = Frame(100 + PanX, 100 + PanY, 0);
        foreach (var (model, sign) in new[] { (TinyOnnx.Window(1, 0, 0), 1), (TinyOnnx.Window(0, 0, 1), -1) })
        {
            using var derainer = Derainer.Open(_folder.Write("m.onnx", model.ToBytes()), new DerainerOptions { Device = DeviceKind.Cpu, Threads = 1, MaxTilePixels = maxTilePixels });
            // Told apart from the frame by what is added to it.
            var brighter = (sign > 0 ? before : after).Select(value => value + 0.01f).ToArray();
            var background = new float[frame.Length];
            derainer.Derain(sign > 0 ? brighter : before, frame, sign > 0 ? after : brighter, background, Width, Height, TestContext.Current.CancellationToken);
            for (var at = 0; at < frame.Length; at++)
            {
                var (x, y) = ((at % Width) + (sign * PanX), (at / Width % Height) + (sign * PanY));
                var shown = x >= 0 && x < Width && y >= 0 && y < Height;
                Assert.Equal(frame[at] + (shown ? 0.01f : 0), background[at], 1e-5f);
            }
        }
    }

    [Theory]
    [InlineData(9, -4)]
    [InlineData(-6, 11)]
    [InlineData(13, 0)]
    [InlineData(0, 3)]
    public void In_place_is_the_same(int panX, int panY)
    {
        float[] before = Frame(100 - panX, 100 - panY, 1), frame = Frame(100, 100, 2), after = Frame(100 + (2 * panX), 100 + panY, 3);
        var (first, last) = Find(before, frame, after);
        Assert.Equal((new PixelShift(panX, panY), new PixelShift(-2 * panX, -panY)), (first, last));
        var aligned = new AlignedWindow<PlanarWindow>(new PlanarWindow(before, frame, after, Width, Height), Width, Height, first, last);
        var expected = new float[3 * frame.Length];
        for (var index = 0; index < 3; index++)
        {
            for (var y = 0; y < Height; y++)
            {
                // In two pieces, as tiles ask for them.
                var row = TargetRow.At(expected.AsSpan(index * frame.Length, frame.Length), Width, Height, y);
                aligned.Read(index, 0, y, row[..77]);
                aligned.Read(index, 77, y, row[77..]);
            }
        }
        float[] found = [.. before, .. frame, .. after];
        WindowPlanes.Align(found, Width, Height);
        Assert.Equal(expected, found);
    }

    [Fact]
    public void Nothing_is_left_for_the_collector()
    {
        float[] planes = [.. Frame(0, 0, 1), .. Frame(3, 2, 2), .. Frame(6, 4, 3)];
        for (var i = 0; i < 50; i++)
        {
            WindowPlanes.Align(planes, Width, Height);
        }
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 50; i++)
        {
            WindowPlanes.Align(planes, Width, Height);
        }
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
