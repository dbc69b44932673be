namespace NLCL.Runtime;

/// <summary>The network as a pipeline sees it.</summary>
/// <param name="SideBySide">Frames that are best worked on at the same time.</param>
/// <param name="CreatePlanes">Makes the planes of one of them.</param>
/// <param name="Window">Frames that it sees to make one, see <see cref="ModelContract.Frames"/>.</param>
/// <param name="OnGpu">It does not work on the cores that decode and encode.</param>
sealed record FrameNetwork(int SideBySide, FramePlanesFactory CreatePlanes, int Window = 1, bool OnGpu = false);
