using System.Diagnostics.CodeAnalysis;
using Microsoft.ML.OnnxRuntime;
using OpenCvSharp;

namespace NLCL.Runtime;

public sealed partial class Derainer
{
    // The bare loop's rate on an H200 (DECISIONS.md, 32). Whoever waits for a GPU keeps a core busy, so no more than that.
    const int SamplesSideBySide = 3;

    volatile string? _samplesRefused;

    /// <summary>
    /// Frames may go to the network as samples, and are converted where it runs (DECISIONS.md, 33). On a processor they are converted faster before and
    /// behind the network.
    /// </summary>
    internal bool TakesSamples =>
        (_options.AsSamples ?? Device.Chosen != DeviceKind.Cpu) && SampleGraph.Fits(Model) && _samplesRefused is null;

    /// <summary>Why the device would not take the model with the conversion around it; null where it did, or was not asked.</summary>
    internal string? SamplesRefused => _samplesRefused;

    SamplesNetwork? ForSamples() => TakesSamples
        ? new(SamplesSideBySide, (format, width, height) => RentForSamples(format, width, height, compiles: false) is { } context ? new SamplesRun(this, context) : null, _pool.Allocate)
        : null;

    /// <summary>A context that takes frames as samples; null where they go as planes: in tiles, for want of memory too, or by a model or device that takes no samples.</summary>
    /// <param name="format">Of the samples.</param>
    /// <param name="width">In pixels.</param>
    /// <param name="height">In pixels.</param>
    /// <param name="compiles">Of raw frames. Those of a clip wait for its encoder, and photos come in many sizes.</param>
    RunContext? RentForSamples(SampleFormat format, int width, int height, bool compiles)
    {
        if (!TakesSamples || GridFor(width, height) is not { Count: 1 } grid)
        {
            return null;
        }
        try
        {
            return _pool.Rent(new TileShape(1, width, height, Compiles: compiles, Samples: format));
        }
        catch (Exception e) when (MemoryShortage.Is(e) && Reduce(grid, e))
        {
            return null;
        }
        catch (OnnxRuntimeException e)
        {
            _samplesRefused = DeviceSelection.OneLine(e.Message);
            return null;
        }
    }

    /// <summary>Runs on the samples that lie in the context, or in a buffer of the caller's.</summary>
    /// <returns>False where memory is short: the frame is still to be done, in tiles.</returns>
    bool TryRunSamples(RunContext context, NativeBuffer? inPlace, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var grid = GridFor(context.Shape.Width, context.Shape.Height);
        try
        {
            if (grid.Count > 1)
            {
                return false;
            }
            if (inPlace is null)
            {
                context.Run(cancellationToken);
            }
            else
            {
                context.RunInPlace(inPlace, cancellationToken);
            }
            return true;
        }
        catch (Exception e) when (MemoryShortage.Is(e) && Reduce(grid, e))
        {
            return false;
        }
    }

    /// <summary>Derains as many raw frames as go through as samples.</summary>
    /// <returns>How many are done; the others, from there on, go as planes.</returns>
    [SuppressMessage("Reliability", "CA2000", Justification = "The context goes back to its pool.")]
    int DerainSamples(ReadOnlySpan<byte> rainy, Span<byte> background, FrameFormat format, int frames, CancellationToken cancellationToken)
    {
        if (SampleFormat.Of(format) is not { } samples || RentForSamples(samples, format.Width, format.Height, compiles: true) is not { } context)
        {
            return 0;
        }
        try
        {
            for (var done = 0; done < frames; done++)
            {
                var at = done * format.Bytes;
                FrameSamples.ToTight(format, rainy[at..], context.Samples);
                if (!TryRunSamples(context, null, cancellationToken))
                {
                    return done;
                }
                FrameSamples.FromTight(format, context.BackgroundSamples, background[at..]);
            }
            return frames;
        }
        finally
        {
            _pool.Return(context);
        }
    }

    /// <summary>The same with pictures of one size, of packed BGR.</summary>
    [SuppressMessage("Reliability", "CA2000", Justification = "The context goes back to its pool.")]
    int DerainSamples(Mat like, ReadOnlySpan<MatRows> rainy, ReadOnlySpan<MatRows> backgrounds, CancellationToken cancellationToken)
    {
        if (RentForSamples(SampleFormat.Bgr, like.Cols, like.Rows, compiles: false) is not { } context)
        {
            return 0;
        }
        try
        {
            var (rows, rowBytes) = (like.Rows, 3 * like.Cols);
            for (var done = 0; done < rainy.Length; done++)
            {
                FrameSamples.CopyRows(rainy[done].Bytes(rows, rowBytes), checked((int)rainy[done].Step), context.Samples, rowBytes, rowBytes, rows);
                if (!TryRunSamples(context, null, cancellationToken))
                {
                    return done;
                }
                FrameSamples.CopyRows(context.BackgroundSamples, rowBytes, backgrounds[done].Bytes(rows, rowBytes), checked((int)backgrounds[done].Step), rowBytes, rows);
            }
            return rainy.Length;
        }
        finally
        {
            _pool.Return(context);
        }
    }

    sealed class SamplesRun(Derainer owner, RunContext context) : ISamplesRun
    {
        public bool TryDerain(NativeBuffer samples, CancellationToken cancellationToken) => owner.TryRunSamples(context, samples, cancellationToken);

        // As with planes: whoever keeps the derainer shall not keep a clip's memory.
        public void Dispose() => owner._pool.Return(context, keep: false);
    }
}
