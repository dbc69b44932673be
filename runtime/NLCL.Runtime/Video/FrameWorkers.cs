namespace NLCL.Runtime;

/// <summary>
/// The middle of every clip: frames become planar RGB, go through the network and come back, several side by side. Each has planes and a
/// converter of its own, so that memory follows from how many are worked on, not from how many are in flight.
/// </summary>
sealed class FrameWorkers : IDisposable
{
    readonly (IFramePlanes Planes, FrameConverter Converter)[] _workers;
    readonly string _back;

    public FrameWorkers(FrameNetwork network, FrameConversion conversion, int most)
    {
        _back = conversion.Back;
        _workers = new (IFramePlanes, FrameConverter)[Math.Min(network.SideBySide, most)];
        try
        {
            for (var i = 0; i < _workers.Length; i++)
            {
                _workers[i] = (network.CreatePlanes(conversion.Width, conversion.Height), conversion.CreateConverter(network.Window));
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <param name="stopping">Asked for each frame: stops the network within one operator.</param>
    public FrameStage Stage(Func<CancellationToken> stopping) => new(
        _workers.Length,
        new("rgb", Always((worker, slot) => worker.Converter.ToRgb(slot, worker.Planes))),
        new("derain", Always((worker, _) => worker.Planes.Derain(stopping()))),
        new(_back, Always((worker, slot) => worker.Converter.FromRgb(slot, worker.Planes))));

    public void Dispose()
    {
        foreach (var (planes, _) in _workers)
        {
            planes?.Dispose();
        }
    }

    Func<FrameSlot, int, bool> Always(Action<(IFramePlanes Planes, FrameConverter Converter), FrameSlot> work) => (slot, worker) =>
    {
        work(_workers[worker], slot);
        return true;
    };
}
