using NLCL.Runtime;

namespace NLCL.Training;

/// <summary>How the camera of a yardstick's clip moves.</summary>
/// <param name="PanX">Pixels that it turns to the right between frames.</param>
/// <param name="PanY">Pixels that it turns down between frames.</param>
/// <param name="NearX">Pixels that near things move to the left between frames; 0: there are none.</param>
public sealed record YardstickCamera(int PanX, int PanY, int NearX)
{
    /// <summary>Stands.</summary>
    public static YardstickCamera Static { get; } = new(0, 0, 0);

    /// <summary>Turns.</summary>
    public static YardstickCamera Panning { get; } = new(2, 1, 0);

    /// <summary>Drives past near things.</summary>
    public static YardstickCamera Passing { get; } = new(2, 0, 8);

    /// <summary>All three.</summary>
    public static IReadOnlyList<YardstickCamera> All { get; } = [Static, Panning, Passing];
}

/// <summary>One clip of a yardstick.</summary>
/// <param name="Path">Its folder below the yardstick's, with '/'.</param>
/// <param name="Kind">Kind of rain, of <see cref="RainOptions.Named"/>.</param>
/// <param name="Camera">How the camera moves.</param>
/// <param name="Scene">The clean picture, and the folder that reads it.</param>
/// <param name="Near">The picture of what is near; not used where nothing is.</param>
/// <param name="Frames">Its length.</param>
/// <param name="Seed">Seed of the rain.</param>
public sealed record YardstickClip(
    string Path, string Kind, YardstickCamera Camera, (PictureFolder Folder, string File) Scene, (PictureFolder Folder, string File) Near, int Frames, int Seed);
