namespace NLCL.Training;

/// <summary>What moves between the frames of a short synthetic clip, besides the rain.</summary>
public sealed record SceneMotionOptions
{
    /// <summary>Probability that all frames are one and the same: a still, and the first frames of clips, must come out well too.</summary>
    public double Frozen { get; init; } = 0.1;

    /// <summary>Probability that the camera stands still, as surveillance cameras do.</summary>
    public double Fixed { get; init; } = 0.4;

    /// <summary>Probability that the neighbours are shifted back by whole pixels, cell by cell, where the camera moves, as the runtime does when it finds out how.</summary>
    public double Aligned { get; init; } = 0.85;

    /// <summary>Farthest that a camera turns, and a thing moves, from frame to frame, in pixels of the crop. Small moves are more frequent.</summary>
    public double Farthest { get; init; } = 12;

    /// <summary>Probability that a camera that moves also comes nearer, or goes away, and rolls.</summary>
    public double Zoom { get; init; } = 0.3;

    /// <summary>Probability that a camera that moves drives past things: what is near moves faster than what is far, so that no one shift brings neighbours back.</summary>
    public double Passing { get; init; }

    /// <summary>Probability that a thing crosses the picture on a way of its own: what moves is not rain.</summary>
    public double Thing { get; init; } = 0.4;

    /// <summary>Probability that one of the neighbours shows another scene, as at a cut.</summary>
    public double Cut { get; init; } = 0.08;

    /// <summary>Probability that the light is another in the neighbours: lightning, a fade, lamps that flicker, a camera that sets its exposure. That is neither rain nor its end.</summary>
    public double Light { get; init; }

    internal void Validate()
    {
        foreach ((string name, double probability) in new[] { (nameof(Light), Light), (nameof(Frozen), Frozen), (nameof(Fixed), Fixed), (nameof(Aligned), Aligned), (nameof(Zoom), Zoom), (nameof(Passing), Passing), (nameof(Thing), Thing), (nameof(Cut), Cut) })
        {
            ArgumentOutOfRangeException.ThrowIfNegative(probability, name);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(probability, 1, name);
        }
        ArgumentOutOfRangeException.ThrowIfNegative(Farthest);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Farthest, 64);
    }
}
