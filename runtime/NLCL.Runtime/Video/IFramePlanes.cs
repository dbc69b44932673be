namespace NLCL.Runtime;

/// <summary>Planar RGB of one frame before and behind the network, and the run between them.</summary>
interface IFramePlanes : IDisposable
{
    /// <summary>What the network sees, 0..1: the frame, or its window (<see cref="WindowPlanes"/>), aligned.</summary>
    Span<float> Seen { get; }

    /// <summary>What it made of it, not clamped.</summary>
    Span<float> Background { get; }

    void Derain(CancellationToken cancellationToken);
}

/// <summary>Makes planes for frames of one size.</summary>
delegate IFramePlanes FramePlanesFactory(int width, int height);

/// <summary>Planes for a network of which nothing is known but that it takes and gives planar RGB.</summary>
sealed class LoosePlanes(FrameDerainer network, int width, int height, int window = 1) : IFramePlanes
{
    readonly NativeBuffer _seen = new(checked(window * width * height * 3 * sizeof(float)));
    readonly NativeBuffer _background = new(checked(width * height * 3 * sizeof(float)));

    public Span<float> Seen => _seen.Floats;

    public Span<float> Background => _background.Floats;

    public void Derain(CancellationToken cancellationToken) => network(Seen, Background, width, height, cancellationToken);

    public void Dispose()
    {
        _seen.Dispose();
        _background.Dispose();
    }
}
