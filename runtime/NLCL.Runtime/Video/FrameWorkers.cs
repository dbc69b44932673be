namespace NLCL.Runtime;

/// <summary>
/// The middle of every clip: frames go through the network and come back as samples, several side by side. Each worker has buffers of its own, so that
/// memory follows from how many are worked on, not from how many are in flight.
/// </summary>
sealed class FrameWorkers : IDisposable
{
    readonly List<IFramePath> _workers = [];
    readonly string _back;

    public FrameWorkers(FrameNetwork network, FrameConversion conversion, int most)
    {
        _back = conversion.Back;
        IFramePath InPlanes() => new PlanesPath(network.CreatePlanes(conversion.Width, conversion.Height), conversion.CreateConverter(network.Window));
        ISamplesRun? AsSamples() => conversion.InPlanes ? null : network.Samples?.CreateRun(conversion.Samples, conversion.Width, conversion.Height);
        try
        {
            var first = AsSamples();
            _workers.Add(first is null ? InPlanes() : new SamplesPath(first, InPlanes));
            var count = Math.Min(first is null ? network.SideBySide : network.Samples!.SideBySide, most);
            while (_workers.Count < count)
            {
                _workers.Add(first is not null && AsSamples() is { } run ? new SamplesPath(run, InPlanes) : InPlanes());
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
        _workers.Count,
        new("rgb", Always((path, slot) => path.ToNetwork(slot))),
        new("derain", Always((path, slot) => path.Derain(slot, stopping()))),
        new(_back, Always((path, slot) => path.FromNetwork(slot))));

    public void Dispose() => _workers.ForEach(path => path.Dispose());

    Func<FrameSlot, int, bool> Always(Action<IFramePath, FrameSlot> work) => (slot, worker) =>
    {
        work(_workers[worker], slot);
        return true;
    };
}
