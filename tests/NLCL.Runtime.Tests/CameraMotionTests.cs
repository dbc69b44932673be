using OpenCvSharp;

namespace NLCL.Runtime.Tests;

/// <summary>A camera that turns, comes nearer and rolls between the frames of a window.</summary>
public sealed class CameraMotionTests : IDisposable
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

    static (SceneMotion Before, SceneMotion After) Find(float[] before, float[] frame, float[] after, int width = Width, int height = Height) =>
        CameraMotionSearch.Of(new PlanarWindow(before, frame, after, width, height), 0, width, height);

    static void AssertStill((SceneMotion Before, SceneMotion After) found) => Assert.True(found.Before.IsStill && found.After.IsStill);

    static void AssertTurn(int right, int down, SceneMotion found) => Assert.Equal((CameraMotion.Turn(new(right, down)), true), (found.Camera, found.IsTurn));

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
        AssertTurn(panX, panY, found.Before);
        AssertTurn(-panX, -panY, found.After);
    }

    [Fact]
    public void What_shows_no_common_place_stands_still()
    {
        float[] grey = [.. Enumerable.Repeat(0.5f, 3 * Width * Height)];
        AssertStill(Find(grey, grey, grey));
        AssertStill(Find(Noise.Planes(Width, Height, 1), Noise.Planes(Width, Height, 2), Noise.Planes(Width, Height, 3)));
        AssertStill(Find(Frame(5, 0, 0, 100, 90), Frame(0, 0, 0, 100, 90), Frame(9, 0, 0, 100, 90), 100, 90)); // too small to tell
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
    [InlineData(0.03, 0)]
    [InlineData(-0.03, 0)]
    [InlineData(0, 0.025)]
    [InlineData(0.02, -0.02)]
    public void A_camera_that_comes_nearer_or_rolls_is_followed_through_rain(double growth, double roll)
    {
        var (before, _) = Find(Moved(growth, roll, 5, -3, 1), Frame(100, 100, 2), Frame(100, 100, 3));
        var found = before.Camera;
        Assert.Equal(growth, found.Growth, 0.003);
        Assert.Equal(roll, found.Roll, 0.003);
        Assert.Equal(5, found.X, 0.3);
        Assert.Equal(-3, found.Y, 0.3);
    }

    [Fact]
    public void Most_of_the_way_of_a_camera_that_comes_nearer_is_taken_back()
    {
        float[] planes = [.. Moved(0.03, 0.01, 4, 2, 0), .. Frame(100, 100, 0), .. Moved(-0.03, -0.01, -4, -2, 0)];
        var before = Apart(planes);
        WindowPlanes.Align(planes, Width, Height);
        Assert.True(Apart(planes) < 0.3 * before, $"{before} before, {Apart(planes)} after");
    }

    /// <summary>The scene around what <see cref="Frame"/> shows from (100, 100) on, as a camera sees it that has moved: at (x, y) + motion it shows what that shows at (x, y).</summary>
    static float[] Moved(double growth, double roll, double right, double down, int rain)
    {
        using var scene = Mat.FromPixelData(400, 400, MatType.CV_32FC1, s_scene.Value);
        var (middleX, middleY) = ((Width - 1) / 2.0, (Height - 1) / 2.0);
        var size = ((1 + growth) * (1 + growth)) + (roll * roll);
        // The place in the scene for a pixel of this view: the motion backwards.
        var (across, turn) = ((1 + growth) / size, roll / size);
        using var map = new Mat(2, 3, MatType.CV_64FC1);
        map.SetArray<double>(
        [
            across, turn, 100 + middleX - (across * (middleX + right)) - (turn * (middleY + down)),
            -turn, across, 100 + middleY + (turn * (middleX + right)) - (across * (middleY + down)),
        ]);
        using var view = new Mat();
        Cv2.WarpAffine(scene, view, map, new Size(Width, Height), InterpolationFlags.Cubic | InterpolationFlags.WarpInverseMap);
        view.GetArray(out float[] values);
        var planes = Frame(0, 0, rain);
        var dry = Frame(0, 0, 0);
        for (var at = 0; at < planes.Length; at++)
        {
            planes[at] += values[at % values.Length] - (0.05f * (at / values.Length)) - dry[at];
        }
        return planes;
    }

    /// <summary>The lower half is near: it moves by so much more than the upper one, which moves by (3, 1).</summary>
    static float[] Passed(int right, int down, int rain)
    {
        float[] far = Frame(97, 99, rain), near = Frame(97 - right, 99 - down, rain);
        for (var at = 0; at < far.Length; at++)
        {
            far[at] = at / Width % Height < Height / 2 ? far[at] : near[at];
        }
        return far;
    }

    [Theory]
    [InlineData(6, 0)]
    [InlineData(-7, 2)]
    [InlineData(4, -3)]
    public void What_is_near_is_followed_farther(int right, int down)
    {
        var (before, after) = Find(Passed(right, down, 0), Frame(100, 100, 0), Frame(103, 101, 0));
        using (before)
        {
            AssertTurn(-3, -1, after);
            // Far from where both meet, and from the rim, which the neighbour does not show.
            Assert.Equal(new PixelShift(3, 1), before.CellAt(104, 24));
            Assert.Equal(new PixelShift(3 + right, 1 + down), before.CellAt(104, 120));
        }
        // Through rain not everywhere, for what is smooth shows no more than the rain does, but nowhere wrongly.
        var (rainy, _) = Find(Passed(right, down, 1), Frame(100, 100, 2), Frame(103, 101, 3));
        using (rainy)
        {
            var (followed, cells) = (0, 0);
            for (var y = 24; y < 136; y += 16)
            {
                for (var x = 24; x < 184; x += 16)
                {
                    var shift = rainy.CellAt(x, y);
                    var (isFar, isNear) = (Apart(shift, 3, 1) < 2, Apart(shift, 3 + right, 1 + down) < 2);
                    Assert.True(isFar || isNear, $"{shift} at {x}, {y}");
                    cells += y is < 64 or > 96 ? 1 : 0;
                    followed += (y < 64 && isFar) || (y > 96 && isNear) ? 1 : 0;
                }
            }
            Assert.InRange(followed, 0.6 * cells, cells);
        }

        static int Apart(PixelShift shift, int x, int y) => Math.Max(Math.Abs(shift.X - x), Math.Abs(shift.Y - y));
    }

    [Fact]
    public void Most_of_the_way_of_what_is_near_is_taken_back()
    {
        float[] planes = [.. Passed(7, 1, 0), .. Frame(100, 100, 0), .. Frame(103, 101, 0)], turned = [.. planes];
        WindowPlanes.Align(planes, Width, Height);
        float[] whole = [.. Frame(97, 99, 0), .. Frame(100, 100, 0), .. Frame(103, 101, 0)];
        WindowPlanes.Align(whole, Width, Height);
        // The same clip without anything near shows what cannot be better: what the neighbours do not show at all is not apart.
        Assert.InRange(Apart(planes), Apart(whole), 0.3 * Apart(turned));
    }

    [Theory]
    [InlineData(0, 1.0)]
    [InlineData(1, 0.5)]
    public void Where_a_neighbour_shows_something_else_the_frame_stands(int rain, double leastLost)
    {
        float[] frame = Frame(100, 100, 2 * rain), neighbour = Frame(100, 100, rain), other = Frame(10, 220, rain);
        for (var at = 0; at < frame.Length; at++)
        {
            neighbour[at] = at % Width < Width / 2 ? neighbour[at] : other[at];
        }
        var (found, after) = Find(neighbour, frame, Frame(100, 100, 3 * rain));
        using (found)
        {
            Assert.True(after.IsStill);
            var (lost, cells) = (0, 0);
            for (var y = 8; y < Height; y += 16)
            {
                Assert.Equal(default, found.CellAt(8, y));
                Assert.Equal(default, found.CellAt((Width / 2) - 40, y));
                for (var x = (Width / 2) + 24; x < Width; x += 16, cells++)
                {
                    lost += found.CellAt(x, y) == PixelShift.Nowhere ? 1 : 0;
                }
            }
            Assert.InRange(lost, leastLost * cells, cells);
            float[] planes = [.. neighbour, .. frame, .. frame];
            WindowPlanes.Align(planes, Width, Height);
            for (var at = 0; at < frame.Length; at++)
            {
                Assert.Equal(found.CellAt(at % Width, at / Width % Height) == PixelShift.Nowhere ? frame[at] : neighbour[at], planes[at]);
            }
        }
    }

    static double Apart(float[] window)
    {
        var length = window.Length / 3;
        return Enumerable.Range(0, length).Sum(at => Math.Abs(window[at] - window[length + at]) + Math.Abs(window[(2 * length) + at] - window[length + at]));
    }

    [Theory]
    [InlineData(9, -4, 0)]
    [InlineData(-6, 11, 0)]
    [InlineData(13, 0, 0)]
    [InlineData(0, 3, 0)]
    [InlineData(0, 0, 0.03)]
    [InlineData(4, -2, -0.02)]
    [InlineData(3, 1, 0, true)]
    public void In_place_is_the_same(int panX, int panY, double growth, bool passing = false)
    {
        var before = passing ? Passed(7, 1, 1) : growth == 0 ? Frame(100 - panX, 100 - panY, 1) : Moved(growth, growth / 2, panX, panY, 1);
        float[] frame = Frame(100, 100, 2), after = Frame(100 + (2 * panX), 100 + panY, 3);
        var (first, last) = Find(before, frame, after);
        Assert.Equal(growth == 0 && !passing, first.IsTurn);
        AssertTurn(-2 * panX, -panY, last);
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

    [Theory]
    [InlineData(0)]
    [InlineData(0.03)]
    [InlineData(0, true)]
    public void Nothing_is_left_for_the_collector(double growth, bool passing = false)
    {
        float[] window = [.. passing ? Passed(7, 1, 1) : growth == 0 ? Frame(97, 98, 1) : Moved(growth, 0, 3, 2, 1), .. Frame(100, 100, 2), .. Frame(103, 102, 3)];
        var planes = window.ToArray();
        void AlignOften()
        {
            for (var i = 0; i < 50; i++)
            {
                window.CopyTo(planes, 0);
                WindowPlanes.Align(planes, Width, Height);
            }
        }
        AlignOften();
        Assert.Equal(0, ManagedMemory.OfARound(AlignOften));
    }
}
