namespace NLCL.Runtime;

/// <summary>The way of one frame at a time through the network, in parts that are timed apart.</summary>
interface IFramePath : IDisposable
{
    void ToNetwork(FrameSlot slot);

    void Derain(FrameSlot slot, CancellationToken cancellationToken);

    /// <summary><see cref="FrameSlot.Samples"/> are the background's afterwards.</summary>
    void FromNetwork(FrameSlot slot);
}

/// <summary>Converted to planar RGB before the network, and back behind it.</summary>
sealed class PlanesPath(IFramePlanes planes, FrameConverter converter) : IFramePath
{
    public void ToNetwork(FrameSlot slot) => converter.ToRgb(slot, planes);

    public void Derain(FrameSlot slot, CancellationToken cancellationToken) => planes.Derain(cancellationToken);

    public void FromNetwork(FrameSlot slot) => converter.FromRgb(slot, planes);

    public void Dispose() => planes.Dispose();
}

/// <summary>As the samples lie in the slot: there is nothing to do before and behind the network, until memory runs short.</summary>
sealed class SamplesPath(ISamplesRun run, Func<IFramePath> createOther) : IFramePath
{
    IFramePath? _other;

    public void ToNetwork(FrameSlot slot) => _other?.ToNetwork(slot);

    public void Derain(FrameSlot slot, CancellationToken cancellationToken)
    {
        if (_other is null)
        {
            if (run.TryDerain(slot.Memory, cancellationToken))
            {
                return;
            }
            run.Dispose();
            _other = createOther();
            _other.ToNetwork(slot);
        }
        _other.Derain(slot, cancellationToken);
    }

    public void FromNetwork(FrameSlot slot) => _other?.FromNetwork(slot);

    public void Dispose()
    {
        if (_other is null)
        {
            run.Dispose();
        }
        _other?.Dispose();
    }
}
