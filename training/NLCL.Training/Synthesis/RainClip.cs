using OpenCvSharp;

namespace NLCL.Training;

/// <summary>
/// Rain over the frames of a clip, in order: the same streaks, each frame fallen further by their speed. Near layers are
/// fast, far ones slow; haze and tone stay; sensor noise is new in every frame.
/// </summary>
public sealed class RainClip
{
    readonly RainSynthesizer _synthesizer;

    /// <param name="synthesizer">Renders the frames; stays the caller's.</param>
    /// <param name="parameters">From <see cref="RainSynthesizer.Draw"/>, for the height of a frame.</param>
    /// <param name="panX">Pixels that the camera turns to the right from frame to frame; the scene moves to the left.</param>
    /// <param name="panY">Pixels that the camera turns down from frame to frame.</param>
    public RainClip(RainSynthesizer synthesizer, RainParameters parameters, double panX = 0, double panY = 0)
    {
        ArgumentNullException.ThrowIfNull(synthesizer);
        ArgumentNullException.ThrowIfNull(parameters);
        _synthesizer = synthesizer;
        Parameters = parameters with { Layers = [.. parameters.Layers.Select(layer => Panned(layer, panX, panY))] };
    }

    /// <summary>What was drawn, seen from the panning camera.</summary>
    public RainParameters Parameters { get; }

    /// <summary>Index of the frame that comes next.</summary>
    public int NextIndex { get; private set; }

    /// <summary>Puts rain on the next frame.</summary>
    /// <param name="cleanBgrFloat">CV_32FC3, BGR, 0..1; every frame of one size.</param>
    public RainSample Next(Mat cleanBgrFloat) => _synthesizer.Render(cleanBgrFloat, Parameters, NextIndex++);

    // A turning camera moves everything by the same number of pixels, so it only bends the path of the drops.
    static StreakParameters Panned(StreakParameters layer, double panX, double panY)
    {
        double angle = layer.Angle * Math.PI / 180;
        double x = (layer.Speed * Math.Sin(angle)) - panX, y = (layer.Speed * Math.Cos(angle)) - panY;
        double speed = Math.Sqrt((x * x) + (y * y));
        return (panX == 0 && panY == 0) || speed == 0
            ? layer
            : layer with { Angle = Math.Atan2(x, y) * 180 / Math.PI, Speed = speed, Length = Math.Max(1, layer.Length * speed / layer.Speed) };
    }
}
