using OpenCvSharp;

namespace NLCL.Training;

/// <summary>
/// Puts rain on clean pictures: rainy = camera(streaks over (veil over tone(clean))). The README beside this file has the
/// formulas. Safe to call from several threads, each with its own <see cref="Random"/>.
/// </summary>
public sealed class RainSynthesizer : IDisposable
{
    readonly RainOptions _options;
    readonly StreakTextures _textures;

    /// <param name="options">What rain to draw.</param>
    /// <param name="streakTextures">Picture files of white streaks on black; read when first drawn.</param>
    public RainSynthesizer(RainOptions options, IReadOnlyList<string>? streakTextures = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        _options = options;
        _textures = new(streakTextures ?? []);
    }

    /// <summary>Draws a rain and puts it on a picture.</summary>
    /// <param name="cleanBgrFloat">CV_32FC3, BGR, 0..1; a whole picture or a crop of one.</param>
    /// <param name="random">The only source of chance.</param>
    public RainSample Synthesize(Mat cleanBgrFloat, Random random)
    {
        Check(cleanBgrFloat);
        return Render(cleanBgrFloat, Draw(cleanBgrFloat.Height, random));
    }

    /// <summary>Draws the rain of a picture or crop of a given height, or of a clip, without rendering it.</summary>
    public RainParameters Draw(int height, Random random)
    {
        ArgumentNullException.ThrowIfNull(random);
        return RainDraw.Draw(_options, height, _textures.Names, random);
    }

    /// <summary>Renders a rain that was drawn before.</summary>
    /// <param name="cleanBgrFloat">CV_32FC3, BGR, 0..1.</param>
    /// <param name="parameters">From <see cref="Draw"/>.</param>
    /// <param name="frame">Index of the frame in its clip: the streaks have fallen that long.</param>
    public RainSample Render(Mat cleanBgrFloat, RainParameters parameters, int frame = 0)
    {
        Check(cleanBgrFloat);
        ArgumentNullException.ThrowIfNull(parameters);
        var clean = cleanBgrFloat.Clone();
        if (parameters.Scene is { } scene)
        {
            SetScene(clean, scene, parameters);
        }
        var rainy = clean.Clone();
        var rain = new Mat(clean.Size(), MatType.CV_32FC1, Scalar.All(0));
        if (parameters.Kind != RainParameters.NoRain)
        {
            Span<float> values = rainy.Floats();
            SetTone(values, parameters.Contrast, parameters.Brightness);
            bool deep = parameters.Veil is not null || parameters.Layers.Any(layer => layer.FarOnly > 0);
            var depth = deep ? Haze.Depth(clean, parameters) : null;
            if (parameters.Veil is { } veil)
            {
                Haze.Apply(values, depth, veil);
            }
            foreach (var layer in parameters.Layers)
            {
                using var streaks = Defocus.Render(layer.Defocus, clean.Size(), size => RenderStreaks(layer, size, frame * layer.Speed));
                StreakBlend.Thin(streaks.Floats(), clean.Width, layer, depth, frame * layer.Speed);
                StreakBlend.Apply(values, streaks.Floats(), layer);
            }
        }
        parameters.Grading?.Apply(rainy);
        parameters.Grading?.Apply(clean);
        if (parameters.Kind != RainParameters.NoRain)
        {
            StreakBlend.Difference(rainy.Floats(), clean.Floats(), rain.Floats());
        }
        // A dry picture has neither noise nor JPEG drawn.
        RainCamera.Expose(rainy, parameters, frame);
        parameters.Sharpening?.Apply(clean);
        parameters.Sharpening?.ApplyUnclipped(rain);
        return new(rainy, clean, rain, parameters);
    }

    /// <inheritdoc/>
    public void Dispose() => _textures.Dispose();

    Mat RenderStreaks(StreakParameters layer, Size size, double fallen) => layer.Source switch
    {
        StreakSource.Noise => NoiseStreaks.Render(layer, size, fallen),
        StreakSource.Particles => ParticleStreaks.Render(layer, size, fallen),
        _ => _textures.Render(layer, size, fallen),
    };

    static void SetScene(Mat clean, SceneParameters scene, RainParameters parameters)
    {
        if (scene.Grey)
        {
            using var grey = new Mat();
            Cv2.CvtColor(clean, grey, ColorConversionCodes.BGR2GRAY);
            Cv2.CvtColor(grey, clean, ColorConversionCodes.GRAY2BGR);
        }
        SetTone(clean.Floats(), scene.Contrast, scene.Brightness);
        if (scene.Veil is { } veil)
        {
            Haze.Apply(clean.Floats(), Haze.Depth(clean, parameters with { Veil = veil }), veil);
        }
    }

    static void SetTone(Span<float> values, double contrast, double brightness)
    {
        float factor = (float)contrast, shift = (float)(0.5 - (0.5 * contrast) + brightness);
        if (factor == 1 && shift == 0)
        {
            return;
        }
        foreach (ref float value in values)
        {
            value = Math.Clamp((value * factor) + shift, 0, 1);
        }
    }

    static void Check(Mat picture)
    {
        ArgumentNullException.ThrowIfNull(picture);
        if (picture.Type() != MatType.CV_32FC3 || picture.Empty())
        {
            throw new ArgumentException($"A clean picture must be CV_32FC3 with values 0..1; this is {picture.Type()}, {picture.Width}x{picture.Height}.", nameof(picture));
        }
    }
}
