namespace NLCL.Runtime;

public sealed partial class Derainer
{
    /// <summary>
    /// Derains one frame. Any size: it is padded to the model's size multiple, and cut into tiles above
    /// <see cref="DerainerOptions.MaxTilePixels"/>; the result equals the whole frame's.
    /// </summary>
    /// <remarks>Allocates nothing on the managed heap once the size has been seen.</remarks>
    /// <param name="rainyPlanarRgb">R, G and B plane one after the other, 0..1, <c>3 * width * height</c> values.</param>
    /// <param name="backgroundPlanarRgb">Same layout, not clamped. May be the same memory as the input.</param>
    /// <param name="width">In pixels, at least 1.</param>
    /// <param name="height">In pixels, at least 1.</param>
    /// <param name="cancellationToken">Stops within one operator of the network; the output is then undefined.</param>
    /// <exception cref="ArgumentException">A span has not exactly that many values.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public void Derain(
        ReadOnlySpan<float> rainyPlanarRgb,
        Span<float> backgroundPlanarRgb,
        int width,
        int height,
        CancellationToken cancellationToken = default) =>
        Derain(rainyPlanarRgb, backgroundPlanarRgb, width, height, 1, cancellationToken);

    /// <summary>
    /// Derains frames of one size. As many go through the network at once as the model takes and
    /// <see cref="DerainerOptions.MaxTilePixels"/> allows.
    /// </summary>
    /// <param name="rainyPlanarRgb">The frames one after the other, each R, G and B plane, 0..1.</param>
    /// <param name="backgroundPlanarRgb">Same layout, not clamped. May be the same memory as the input.</param>
    /// <param name="width">In pixels, at least 1.</param>
    /// <param name="height">In pixels, at least 1.</param>
    /// <param name="frames">How many, at least 1.</param>
    /// <param name="cancellationToken">Stops within one operator of the network; the output is then undefined.</param>
    /// <exception cref="ArgumentException">A span has not exactly <c>frames * 3 * width * height</c> values.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public void Derain(
        ReadOnlySpan<float> rainyPlanarRgb,
        Span<float> backgroundPlanarRgb,
        int width,
        int height,
        int frames,
        CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(frames, 1);
        CheckLength(rainyPlanarRgb.Length, width, height, frames, nameof(rainyPlanarRgb));
        CheckLength(backgroundPlanarRgb.Length, width, height, frames, nameof(backgroundPlanarRgb));
        var target = new PlanarTarget(backgroundPlanarRgb, width, height);
        var done = 0;
        bool finished;
        do
        {
            var grid = GridFor(width, height);
            rainyPlanarRgb = Unwritten(rainyPlanarRgb, backgroundPlanarRgb, grid);
            finished = TryRun(new PlanarSource(rainyPlanarRgb, width, height), target, grid, frames, ref done, cancellationToken);
        }
        while (!finished);
    }

    /// <summary>
    /// Derains one frame of a clip. A model that sees neighbours (<see cref="ModelContract.Frames"/>) makes use of them; any other
    /// looks at the frame alone, so that a caller need not ask which one it has.
    /// </summary>
    /// <remarks>Allocates nothing on the managed heap once the size has been seen.</remarks>
    /// <param name="previous">The frame before; where there is none, the frame itself. R, G and B plane one after the other, 0..1, <c>3 * width * height</c> values.</param>
    /// <param name="rainy">The frame itself, same layout.</param>
    /// <param name="next">The frame after; where there is none, the frame itself. Same layout.</param>
    /// <param name="background">Of the frame itself, same layout, not clamped. May be the same memory as any of the inputs.</param>
    /// <param name="width">In pixels, at least 1.</param>
    /// <param name="height">In pixels, at least 1.</param>
    /// <param name="cancellationToken">Stops within one operator of the network; the output is then undefined.</param>
    /// <exception cref="ArgumentException">A span has not exactly that many values.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public void Derain(
        ReadOnlySpan<float> previous,
        ReadOnlySpan<float> rainy,
        ReadOnlySpan<float> next,
        Span<float> background,
        int width,
        int height,
        CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        CheckLength(previous.Length, width, height, 1, nameof(previous));
        CheckLength(next.Length, width, height, 1, nameof(next));
        if (Contract.Frames == 1)
        {
            Derain(rainy, background, width, height, 1, cancellationToken);
            return;
        }
        CheckLength(rainy.Length, width, height, 1, nameof(rainy));
        CheckLength(background.Length, width, height, 1, nameof(background));
        var target = new PlanarTarget(background, width, height);
        var done = 0;
        bool finished;
        do
        {
            var grid = GridFor(width, height);
            previous = Unwritten(previous, background, grid);
            rainy = Unwritten(rainy, background, grid);
            next = Unwritten(next, background, grid);
            finished = TryRun(new PlanarWindow(previous, rainy, next, width, height), target, grid, 1, ref done, cancellationToken);
        }
        while (!finished);
    }

    static ReadOnlySpan<float> Unwritten(ReadOnlySpan<float> planes, Span<float> background, TileGrid grid) =>
        MustCopy(planes.Overlaps(background, out var offset), offset, grid) ? planes.ToArray() : planes;

    /// <summary>A tile written too early would be the next one's halo; a frame written too early, the next frame.</summary>
    static bool MustCopy(bool overlaps, int offset, TileGrid grid) => overlaps && (offset != 0 || grid.Count > 1);

    static void CheckLength(int length, int width, int height, int frames, string name)
    {
        if (length != 3L * width * height * frames)
        {
            throw new ArgumentException(
                $"{(frames == 1 ? "" : $"{frames} frames of ")}{width} x {height} pixels of planar RGB are {3L * width * height * frames} values, not {length}.", name);
        }
    }
}
