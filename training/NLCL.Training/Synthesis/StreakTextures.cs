using OpenCvSharp;

namespace NLCL.Training;

/// <summary>Rendered streak textures (white streaks on black), loaded when first used, brightest streaks at 1.</summary>
sealed class StreakTextures : IDisposable
{
    readonly Dictionary<string, string> _paths;
    readonly Dictionary<string, Mat> _loaded = [];
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
        var texture = Load(layer.Texture ?? throw new ArgumentException("A texture layer needs the name of its texture.", nameof(layer)));
        double across = layer.Width / 1.6, along = Math.Clamp(layer.Length / 30, across * 0.5, across * 2);
        var random = NoiseHash.At(layer.Seed, 0, 0);
        var sum = new Mat(picture, MatType.CV_32FC1, Scalar.All(0));
        int copies = Math.Clamp((int)Math.Round(layer.Density / 0.15), 1, 4);
        for (int copy = 0; copy < copies; copy++)
        {
            double u = random.NextUniform() * texture.Width, v = random.NextUniform() * texture.Height;
            var frame = new FallFrame(layer.Angle, layer.Mirrored ? -across : across, along, u, v - (fallen / along));
            using var shifted = frame.ToPicture(texture, default, picture, BorderTypes.Wrap);
            Cv2.Max(sum, shifted, sum);
        }
        return sum;
    }

    Mat Load(string name)
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

    static Mat Read(string path)
    {
        using var grey = Cv2.ImRead(path, ImreadModes.Grayscale);
        if (grey.Empty())
        {
            throw new IOException($"{path}: not a picture that can be read; streak textures are grey pictures, white on black.");
        }
        var texture = new Mat();
        grey.ConvertTo(texture, MatType.CV_32FC1);
        var sorted = texture.Floats().ToArray();
        Array.Sort(sorted);
        float bright = Math.Max(1, sorted[(int)(0.995 * (sorted.Length - 1))]);
        foreach (ref float value in texture.Floats())
        {
            value = Math.Min(1, value / bright);
        }
        return texture;
    }

    public void Dispose()
    {
        foreach (var texture in _loaded.Values)
        {
            texture.Dispose();
        }
        _loaded.Clear();
    }
}
