namespace NLCL.Runtime;

/// <summary>The network as a pipeline sees it.</summary>
/// <param name="SideBySide">Frames that are best worked on at the same time.</param>
/// <param name="CreatePlanes">Makes the planes of one of them.</param>
/// <param name="Window">Frames that it sees to make one, see <see cref="ModelContract.Frames"/>.</param>
/// <param name="OnGpu">It does not work on the cores that decode and encode.</param>
/// <param name="Samples">Where it takes frames as they are; null: only as planes.</param>
sealed record FrameNetwork(int SideBySide, FramePlanesFactory CreatePlanes, int Window = 1, bool OnGpu = false, SamplesNetwork? Samples = null);

/// <summary>A network that takes a frame's samples and gives back its background's.</summary>
/// <param name="SideBySide">Frames that are best on their way through it at the same time: nobody converts in between.</param>
/// <param name="CreateRun">Makes the way of one of them.</param>
/// <param name="Allocate">Gives memory that it reads and writes fastest.</param>
sealed record SamplesNetwork(int SideBySide, SamplesRunFactory CreateRun, Func<int, NativeBuffer> Allocate);

/// <summary>Makes runs on frames of one size; null where they must go as planes.</summary>
delegate ISamplesRun? SamplesRunFactory(SampleFormat format, int width, int height);

/// <summary>One frame at a time through a network that takes samples.</summary>
interface ISamplesRun : IDisposable
{
    /// <summary>Turns the samples of a frame into those of its background.</summary>
    /// <returns>False where memory is short; the samples are then as they were, and will have to go as planes from now on.</returns>
    bool TryDerain(NativeBuffer samples, CancellationToken cancellationToken);
}
