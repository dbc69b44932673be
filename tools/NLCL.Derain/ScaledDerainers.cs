using NLCL.Runtime;
using OpenCvSharp;

namespace NLCL.Derain;

/// <summary>One model, opened at each scale once, when it is first asked for.</summary>
/// <param name="path">The model file.</param>
/// <param name="options">How it runs.</param>
/// <param name="scale">The one scale to take; null: for each picture its own.</param>
sealed class ScaledDerainers(string path, DerainerOptions options, int? scale) : IDisposable
{
    readonly SortedDictionary<int, Derainer> _opened = [];

    public IReadOnlyCollection<Derainer> Opened => _opened.Values;

    /// <summary>The one to ask about model and device before any picture has been seen.</summary>
    /// <exception cref="ModelFileException">The file is missing, broken, or no NLCL model.</exception>
    /// <exception cref="DeviceException">The device that the options name is missing or refuses.</exception>
    public Derainer First => _opened.Count > 0 ? _opened.Values.First() : At(scale ?? 1);

    public Derainer For(Mat picture, CancellationToken cancellation) => At(scale ?? ScaleFor(picture, cancellation));

    /// <summary>For a clip, by its first frame and its neighbours.</summary>
    public Derainer ForClip(Mat previous, Mat first, Mat next, CancellationToken cancellation) => At(scale ?? WorkingScale.Of(previous, first, next, At, cancellation));

    /// <summary>The scale of a picture: by how fine it is, and where that is its size, by what the network finds.</summary>
    public int ScaleFor(Mat picture, CancellationToken cancellation) => WorkingScale.Of(picture, At, cancellation);

    public Derainer At(int scale)
    {
        if (!_opened.TryGetValue(scale, out Derainer? derainer)) { _opened.Add(scale, derainer = Open(scale)); }
        return derainer;
    }

    /// <summary>Opens one that is the caller's.</summary>
    public Derainer Open(int scale) => Derainer.Open(path, options with { Scale = scale });

    public void Dispose()
    {
        foreach (Derainer derainer in Opened) { derainer.Dispose(); }
    }
}
