using NLCL.Runtime;

namespace NLCL.Derain;

/// <summary>The models of a job, one for photos and one for clips, which may be the same file. Each is opened when the first item asks for it.</summary>
sealed class ChosenModels : IDisposable
{
    readonly Lazy<Derainer> _photos;
    readonly Lazy<Derainer> _clips;

    /// <param name="photos">Model file for photos.</param>
    /// <param name="clips">Model file for clips, cameras and streams.</param>
    /// <param name="options">For both.</param>
    public ChosenModels(string photos, string clips, DerainerOptions options)
    {
        _photos = new(() => Derainer.Open(photos, options));
        _clips = photos == clips ? _photos : new(() => Derainer.Open(clips, options));
    }

    /// <summary>Those that were opened.</summary>
    public IReadOnlyList<Derainer> Opened => [.. new[] { _photos, _clips }.Distinct().Where(model => model.IsValueCreated).Select(model => model.Value)];

    /// <summary>The names of those that were opened.</summary>
    public string Names => string.Join(" and ", Opened.Select(derainer => derainer.Contract.Name));

    /// <summary>The model for an item.</summary>
    /// <exception cref="ModelFileException">The file is missing, broken, or no NLCL model.</exception>
    /// <exception cref="DeviceException">The device that the options name is missing or refuses.</exception>
    public Derainer For(DerainItem item) => (item.IsVideo ? _clips : _photos).Value;

    public void Dispose()
    {
        foreach (Derainer derainer in Opened) { derainer.Dispose(); }
    }
}
