namespace NLCL.Runtime;

/// <summary>Planar RGB of one frame before and behind the network, and the run between them.</summary>
interface IFramePlanes : IDisposable
{
    /// <summary>What the network sees, 0..1: the frame, or its window (<see cref="WindowPlanes"/>), aligned.</summary>
    Span<float> Seen { get; }

    /// <summary>What it made of it, not clamped: the background, or the rain layer.</summary>
    Span<float> Given { get; }

    /// <summary>It gives the rain layer, one plane that is to be taken off red, green and blue.</summary>
    bool GivesRain { get; }

    void Derain(CancellationToken cancellationToken);
}

/// <summary>Makes planes for frames of one size.</summary>
delegate IFramePlanes FramePlanesFactory(int width, int height);

/// <summary>Planes for a network that takes and gives others than those of its tensors.</summary>
sealed class LoosePlanes(FrameDerainer network, int width, int height, int window = 1, bool givesRain = false) : IFramePlanes
{
    readonly NativeBuffer _seen = new(checked(window * width * height * 3 * sizeof(float)));
    readonly NativeBuffer _given = new(checked(width * height * (givesRain ? 1 : 3) * sizeof(float)));

    public Span<float> Seen => _seen.Floats;

    public Span<float> Given => _given.Floats;

    public bool GivesRain => givesRain;

    public void Derain(CancellationToken cancellationToken) => network(Seen, Given, width, height, cancellationToken);

    public void Dispose()
    {
        _seen.Dispose();
        _given.Dispose();
    }
}
