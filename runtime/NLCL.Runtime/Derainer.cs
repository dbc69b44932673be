using System.Diagnostics.CodeAnalysis;

namespace NLCL.Runtime;

/// <summary>
/// Takes rain out of pictures with one model on one device. Safe for concurrent callers: each gets its own buffers, all
/// share the session and its threads. Dispose it when done; runs in flight finish first.
/// </summary>
public sealed partial class Derainer : IDisposable
{
    readonly RunContextPool _pool;
    readonly long _maxTilePixels;
    TileGrid? _lastGrid;

    Derainer(ModelFile model, OpenSession open, DerainerOptions options)
    {
        Model = model;
        Device = open.Report;
        _maxTilePixels = options.MaxTilePixels;
        _pool = new RunContextPool(open.Session, open.Provider.SharesHostMemory);
    }

    /// <summary>The file that runs.</summary>
    public ModelFile Model { get; }

    /// <summary>What the model promises.</summary>
    public ModelContract Contract => Model.Contract;

    /// <summary>Which device runs it, and why.</summary>
    public DeviceReport Device { get; }

    /// <summary>Opens a model file.</summary>
    /// <exception cref="ModelFileException">The file is missing, broken, unsafe, or no NLCL model.</exception>
    /// <exception cref="DeviceException">The device that the options name is missing or refuses.</exception>
    public static Derainer Open(string modelPath, DerainerOptions? options = null)
    {
        options?.Validate();
        return Open(ModelFile.Open(modelPath), options);
    }

    /// <summary>Opens a model that was read and checked before.</summary>
    /// <exception cref="ModelFileException">ONNX Runtime refuses the graph.</exception>
    /// <exception cref="DeviceException">The device that the options name is missing or refuses.</exception>
    [SuppressMessage("Reliability", "CA2000", Justification = "The derainer owns the session.")]
    public static Derainer Open(ModelFile model, DerainerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        options ??= new DerainerOptions();
        options.Validate();
        if (model.Contract.TakesFrames)
        {
            throw new ModelFileException(model.Path, ["takes frames as bytes, this runtime feeds planes of floats"], "Take the file that was exported beside it without --bytes.");
        }
        return new Derainer(model, DeviceSelection.Open(model, options), options);
    }

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
        CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        CheckLength(rainyPlanarRgb.Length, width, height, nameof(rainyPlanarRgb));
        CheckLength(backgroundPlanarRgb.Length, width, height, nameof(backgroundPlanarRgb));
        var grid = GridFor(width, height);
        if (grid.Count > 1 && rainyPlanarRgb.Overlaps(backgroundPlanarRgb))
        {
            // A tile written too early would be the next one's halo.
            rainyPlanarRgb = rainyPlanarRgb.ToArray();
        }
        Run(new PlanarSource(rainyPlanarRgb, width, height), new PlanarTarget(backgroundPlanarRgb, width, height), grid, cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose() => _pool.Dispose();

    TileGrid GridFor(int width, int height)
    {
        if (_lastGrid is { } last && last.Width == width && last.Height == height)
        {
            return last;
        }
        return _lastGrid = TileGrid.Plan(width, height, Contract, Math.Min(_maxTilePixels, TileGrid.MostPixels));
    }

    void Run<TSource, TTarget>(TSource rainy, TTarget background, TileGrid grid, CancellationToken cancellationToken)
        where TSource : IPixelSource, allows ref struct
        where TTarget : IPixelTarget, allows ref struct
    {
        cancellationToken.ThrowIfCancellationRequested();
        var context = _pool.Rent(grid.Columns.Tile, grid.Rows.Tile);
        try
        {
            for (var row = 0; row < grid.Rows.Count; row++)
            {
                for (var column = 0; column < grid.Columns.Count; column++)
                {
                    TileCopy.Fill(rainy, grid, column, row, context.Input);
                    context.Run(cancellationToken);
                    TileCopy.Take(context.Output, grid, column, row, background);
                    cancellationToken.ThrowIfCancellationRequested();
                }
            }
        }
        finally
        {
            _pool.Return(context);
        }
    }

    static void CheckLength(int length, int width, int height, string name)
    {
        if (length != 3L * width * height)
        {
            throw new ArgumentException($"{width} x {height} pixels of planar RGB are {3L * width * height} values, not {length}.", name);
        }
    }
}
