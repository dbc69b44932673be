namespace NLCL.Runtime;

public sealed partial class Derainer
{
    // Halved so often, even a 1080p frame is down to a few thousand pixels: what fails then is not the size.
    const int MostReductions = 8;

    volatile TileReduction? _reduction;
    long _maxTilePixels;
    int _reductions;
    TileGrid? _lastGrid;

    /// <summary>Null, or how far tiles were made smaller because memory was short.</summary>
    public TileReduction? Reduction => _reduction ?? (_sideBySide.IsValueCreated ? _sideBySide.Value.Reduction : null);

    // A span holds all that the network sees of a tile.
    long MostTilePixels => Math.Min(Interlocked.Read(ref _maxTilePixels), TileGrid.MostPixels / Contract.Frames);

    TileGrid GridFor(int width, int height)
    {
        var most = MostTilePixels;
        if (_lastGrid is { } last && last.Width == width && last.Height == height && last.PlannedFor == most)
        {
            return last;
        }
        return _lastGrid = TileGrid.Plan(width, height, Contract, most);
    }

    /// <summary>
    /// Derains frames of one size tile by tile. Where memory is short, false: plan again, tiles are smaller now, and go on with the
    /// frames that are not done; those that are may lie in the place of their input.
    /// </summary>
    bool TryRun<TSource, TTarget>(TSource rainy, TTarget background, TileGrid grid, int frames, ref int done, CancellationToken cancellationToken)
        where TSource : IPixelSource, allows ref struct
        where TTarget : IPixelTarget, allows ref struct
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            var perRun = FramesPerRun(grid, frames);
            while (done < frames)
            {
                var count = Math.Min(perRun, frames - done);
                Run(rainy, background, grid, done, count, cancellationToken);
                done += count;
            }
            return true;
        }
        catch (Exception e) when (MemoryShortage.Is(e) && Reduce(grid, e))
        {
            return false;
        }
    }

    void Run<TSource, TTarget>(TSource rainy, TTarget background, TileGrid grid, int first, int frames, CancellationToken cancellationToken)
        where TSource : IPixelSource, allows ref struct
        where TTarget : IPixelTarget, allows ref struct
    {
        // A window of its own comes alone.
        var (before, after) = !rainy.IsAligned && frames == 1 ? CameraMotionSearch.Of(rainy, first * rainy.Window, grid.Width, grid.Height) : default;
        using (before)
        using (after)
        {
            if (before.IsStill && after.IsStill)
            {
                RunTiles(rainy, background, grid, first, frames, cancellationToken);
            }
            else
            {
                RunTiles(new AlignedWindow<TSource>(rainy, grid.Width, grid.Height, before, after), background, grid, first, frames, cancellationToken);
            }
        }
    }

    void RunTiles<TSource, TTarget>(TSource rainy, TTarget background, TileGrid grid, int first, int frames, CancellationToken cancellationToken)
        where TSource : IPixelSource, allows ref struct
        where TTarget : IPixelTarget, allows ref struct
    {
        var context = _pool.Rent(new TileShape(frames, grid.Columns.Tile, grid.Rows.Tile, Contract.Frames, GivesRain: Model.GivesRain));
        try
        {
            for (var row = 0; row < grid.Rows.Count; row++)
            {
                for (var column = 0; column < grid.Columns.Count; column++)
                {
                    for (var i = 0; i < frames; i++)
                    {
                        Fill(rainy, first + i, grid, column, row, context.Input(i));
                    }
                    context.Run(cancellationToken);
                    for (var i = 0; i < frames; i++)
                    {
                        TileCopy.Take(context.Output(i), grid, column, row, background, first + i);
                    }
                    cancellationToken.ThrowIfCancellationRequested();
                }
            }
        }
        finally
        {
            _pool.Return(context);
        }
    }

    /// <summary>A tile of a frame with the same tile of its neighbours, as far as the network sees them: where they are not given, the frame stands for them.</summary>
    void Fill<TSource>(TSource rainy, int frame, TileGrid grid, int column, int row, Span<float> planes)
        where TSource : IPixelSource, allows ref struct
    {
        var window = Contract.Frames;
        if (rainy.Window == 1)
        {
            TileCopy.Fill(rainy, frame, grid, column, row, WindowPlanes.Middle(planes, window));
            WindowPlanes.Repeat(planes, window);
            return;
        }
        for (var i = 0; i < window; i++)
        {
            TileCopy.Fill(rainy, (window * frame) + i, grid, column, row, WindowPlanes.Part(planes, window, i));
        }
    }

    /// <summary>As many as the model takes and the bound on a tile allows, spread evenly over the runs.</summary>
    int FramesPerRun(TileGrid grid, int frames)
    {
        if (frames == 1 || !Model.TakesBatches)
        {
            return 1;
        }
        var most = Math.Clamp(MostTilePixels / grid.TilePixels, 1, frames);
        var runs = (frames + most - 1) / most;
        return (int)((frames + runs - 1) / runs);
    }

    bool Reduce(TileGrid grid, Exception shortage)
    {
        var current = Interlocked.Read(ref _maxTilePixels);
        var smaller = Math.Min(current, grid.TilePixels) / 2;
        if (smaller < 1 || !Contract.Tileable || Interlocked.Increment(ref _reductions) > MostReductions)
        {
            return false;
        }
        // Another caller may have run short at the same time: the smaller bound stands.
        if (Interlocked.CompareExchange(ref _maxTilePixels, smaller, current) == current)
        {
            _reduction = new TileReduction(_reduction?.From ?? grid.TilePixels, smaller, DeviceSelection.OneLine(shortage.Message));
            _pool.DropIdle();
        }
        return true;
    }
}
