using NLCL.Runtime;
using OpenCvSharp;

namespace NLCL.Training;

/// <summary>Rendered streak textures (white streaks on black), loaded when first used: brightest streaks at 255, tilt known.</summary>
sealed class StreakTextures : IDisposable
{
    readonly Dictionary<string, string> _paths;
    readonly Dictionary<string, Texture> _loaded = [];
    readonly Lock _lock = new();

    public StreakTextures(IReadOnlyList<string> paths)
    {
        _paths = paths.ToDictionary(path => Path.GetFileName(path));
        Names = [.. _paths.Keys.Order(StringComparer.Ordinal)];
    }

    public IReadOnlyList<string> Names { get; }

    /// <summary>A layer of 0..1. A dense one lays the texture over itself, shifted.</summary>
    public Mat Render(StreakParameters layer, Size picture, double fallen)
    {
        var (texture, tilt) = Load(layer.Texture ?? throw new ArgumentException("A texture layer needs the name of its texture.", nameof(layer)));
        double across = layer.Width / 1.6, along = Math.Clamp(layer.Length / 30, across * 0.5, across * 2);
        // Stretched along the fall, the streaks of a tilted texture stand steeper.
        double stretched = Math.Atan(Math.Tan(tilt * Math.PI / 180) * across / along) * 180 / Math.PI;
        double angle = layer.Angle - (layer.Mirrored ? -stretched : stretched);
        var random = NoiseHash.At(layer.Seed, 0, 0);
        using var sum = new Mat(picture, MatType.CV_8UC1, Scalar.All(0));
        int copies = Math.Clamp((int)Math.Round(layer.Density / 0.15), 1, 4);
        for (int copy = 0; copy < copies; copy++)
        {
            double u = random.NextUniform() * texture.Width, v = random.NextUniform() * texture.Height;
            var frame = new FallFrame(angle, layer.Mirrored ? -across : across, along, u, v - (fallen / along));
            using var shifted = frame.ToPicture(texture, default, picture, BorderTypes.Wrap);
            Cv2.Max(sum, shifted, sum);
        }
        var result = new Mat();
        sum.ConvertTo(result, MatType.CV_32FC1, 1 / 255.0);
        return result;
    }

    Texture Load(string name)
    {
        lock (_lock)
        {
            if (!_loaded.TryGetValue(name, out var texture))
            {
                texture = Read(_paths.TryGetValue(name, out var path)
                    ? path
                    : throw new ArgumentException($"The streak texture '{name}' is not among the {_paths.Count} given; give the folder it was drawn from.", nameof(name)));
                _loaded.Add(name, texture);
            }
            return texture;
        }
    }

    static Texture Read(string path)
    {
        using var grey = PictureFile.Read(path);
        if (grey.Channels() > 1)
        {
            Cv2.CvtColor(grey, grey, grey.Channels() == 3 ? ColorConversionCodes.BGR2GRAY : ColorConversionCodes.BGRA2GRAY);
        }
        using var values = new Mat();
        grey.ConvertTo(values, MatType.CV_32FC1);
        var sorted = values.Floats().ToArray();
        Array.Sort(sorted);
        double bright = Math.Max(1, sorted[(int)(0.995 * (sorted.Length - 1))]);
        var texture = new Mat();
        grey.ConvertTo(texture, MatType.CV_8UC1, 255 / bright);
        Cv2.GaussianBlur(values, values, new Size(0, 0), 1);
        return new(texture, Direction(values.Floats(), values.Width));
    }

    // The gradient of streaks points across them: main axis of the structure tensor, as an angle from the vertical.
    static double Direction(ReadOnlySpan<float> values, int width)
    {
        double xx = 0, yy = 0, xy = 0;
        for (int i = width + 1; i < values.Length - width - 1; i++)
        {
            double dx = values[i + 1] - values[i - 1], dy = values[i + width] - values[i - width];
            (xx, yy, xy) = (xx + (dx * dx), yy + (dy * dy), xy + (dx * dy));
        }
        return -0.5 * Math.Atan2(2 * xy, xx - yy) * 180 / Math.PI;
    }

    public void Dispose()
    {
        foreach (var texture in _loaded.Values)
        {
            texture.Picture.Dispose();
        }
        _loaded.Clear();
    }

    readonly record struct Texture(Mat Picture, double Tilt);
}
