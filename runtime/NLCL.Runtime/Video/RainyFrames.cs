using System.Runtime.ExceptionServices;

namespace NLCL.Runtime;

/// <summary>Some frames of a clip, on which networks are asked how much rain they find.</summary>
sealed class RainyFrames : IDisposable
{
    // The first ones may be black, or a title.
    const int First = 8, Step = 8, Count = 2;

    readonly FrameConversion _conversion;
    readonly YuvFormat _format;
    readonly List<FrameSlot> _slots = [];
    readonly List<byte[]> _rainy = [];

    /// <summary>Reads them; of a shorter clip its last frame.</summary>
    /// <param name="source">From the start of the clip.</param>
    /// <param name="conversion">Of its frames.</param>
    /// <param name="format">Of its frames.</param>
    /// <param name="window">Frames that the networks see to make one.</param>
    public RainyFrames(IFrameSource source, FrameConversion conversion, YuvFormat format, int window)
    {
        (_conversion, _format) = (conversion, format);
        try
        {
            using var neighbours = window > 1 ? new FrameWindow(source.TryReadAny, conversion.FrameBytes, conversion.Samples.Bits, FrameRepeat.Farthest) : null;
            Read(neighbours is null ? source.TryRead : neighbours.TryRead, window);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    void Read(Func<FrameSlot, bool> read, int window)
    {
        var slot = new FrameSlot(_conversion.FrameBytes, window);
        try
        {
            var number = 0;
            for (; _slots.Count < Count && read(slot); number++)
            {
                if (number >= First && (number - First) % Step == 0)
                {
                    Keep(slot);
                    slot = new(_conversion.FrameBytes, window);
                }
            }
            if (_slots.Count == 0 && number > 0)
            {
                Keep(slot);
                slot = null;
            }
        }
        finally
        {
            slot?.Dispose();
        }
    }

    void Keep(FrameSlot slot)
    {
        _slots.Add(slot);
        _rainy.Add(slot.Samples.ToArray());
    }

    /// <summary>The standard deviation of what a network takes out of the luma, in levels of 255.</summary>
    public double Found(FrameNetwork network, CancellationToken cancellationToken)
    {
        using var workers = new FrameWorkers(network, _conversion, Math.Max(1, _slots.Count));
        var stage = workers.Stage(() => cancellationToken);
        var variances = new double[_slots.Count];
        try
        {
            Parallel.For(0, stage.Threads, worker =>
            {
                for (var i = worker; i < _slots.Count; i += stage.Threads)
                {
                    variances[i] = Variance(i, stage, worker);
                }
            });
        }
        catch (AggregateException e)
        {
            // Whoever derains the clip meets the same, one at a time.
            ExceptionDispatchInfo.Throw(e.GetBaseException());
        }
        return variances.Length == 0 ? 0 : Math.Sqrt(variances.Average());
    }

    double Variance(int frame, FrameStage stage, int worker)
    {
        _rainy[frame].CopyTo(_slots[frame].Samples);
        foreach (var part in stage.Parts)
        {
            part.Work(_slots[frame], worker);
        }
        var taken = BrightnessPlane.Of(_slots[frame].Samples, _format).DeviationFrom(BrightnessPlane.Of(_rainy[frame], _format));
        return taken * taken;
    }

    public void Dispose() => _slots.ForEach(slot => slot.Dispose());
}
