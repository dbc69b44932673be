using NLCL.Runtime;
using OpenCvSharp;

namespace NLCL.Derain;

/// <summary>The models of a job, one for photos and one for clips, which may be the same file. Each is opened when the first item asks for it.</summary>
sealed class ChosenModels : IDisposable
{
    readonly ScaledDerainers _photos;
    readonly ScaledDerainers _clips;

    /// <param name="photos">Model file for photos.</param>
    /// <param name="clips">Model file for clips, cameras and streams.</param>
    /// <param name="options">For both.</param>
    public ChosenModels(string photos, string clips, DerainerOptions options)
    {
        _photos = new(photos, options, scale: null);
        _clips = photos == clips ? _photos : new(clips, options, scale: null);
    }

    /// <summary>Those that were opened.</summary>
    public IReadOnlyList<Derainer> Opened => [.. new[] { _photos, _clips }.Distinct().SelectMany(model => model.Opened)];

    /// <summary>The names of those that were opened.</summary>
    public string Names => string.Join(" and ", Opened.Select(derainer => derainer.Contract.Name).Distinct());

    /// <summary>The model for an item.</summary>
    /// <param name="item">A photo or a clip.</param>
    /// <param name="scale">See <see cref="DerainerOptions.Scale"/>.</param>
    /// <exception cref="ModelFileException">The file is missing, broken, or no NLCL model.</exception>
    /// <exception cref="DeviceException">The device that the options name is missing or refuses.</exception>
    public Derainer For(DerainItem item, int scale) => (item.IsVideo ? _clips : _photos).At(scale);

    /// <summary>Opens the model for clips at a scale, for a look; it is the caller's.</summary>
    public Derainer OpenForClips(int scale) => _clips.Open(scale);

    /// <summary>The scale at which a photo is seen where none is asked for.</summary>
    public int ScaleFor(Mat photo, CancellationToken cancellation) => _photos.ScaleFor(photo, cancellation);

    public void Dispose()
    {
        _photos.Dispose();
        _clips.Dispose();
    }
}
