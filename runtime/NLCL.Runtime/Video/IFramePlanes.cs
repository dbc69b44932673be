namespace NLCL.Runtime;

/// <summary>Planar RGB of one frame before and behind the network, and the run between them.</summary>
interface IFramePlanes : IDisposable
{
    /// <summary>What the network sees, 0..1.</summary>
    Span<float> Rainy { get; }

    /// <summary>What it made of it, not clamped.</summary>
    Span<float> Background { get; }

    void Derain(CancellationToken cancellationToken);
}

/// <summary>Makes planes for frames of one size.</summary>
delegate IFramePlanes FramePlanesFactory(int width, int height);

/// <summary>Planes for a network of which nothing is known but that it takes and gives planar RGB.</summary>
sealed class LoosePlanes(FrameDerainer network, int width, int height) : IFramePlanes
{
    readonly NativeBuffer _rainy = new(checked(width * height * 3 * sizeof(float)));
    readonly NativeBuffer _background = new(checked(width * height * 3 * sizeof(float)));

    public Span<float> Rainy => _rainy.Floats;

    public Span<float> Background => _background.Floats;

    public void Derain(CancellationToken cancellationToken) => network(Rainy, Background, width, height, cancellationToken);

    public void Dispose()
    {
        _rainy.Dispose();
        _background.Dispose();
    }
}
