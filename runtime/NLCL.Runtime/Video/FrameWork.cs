using System.Diagnostics;
using System.Globalization;

namespace NLCL.Runtime;

/// <summary>The stages of every clip, from a source to a sink.</summary>
/// <param name="Network">Derains the frames.</param>
/// <param name="FramesInFlight">Frames in memory.</param>
/// <param name="Total">Frames to expect, for progress; null when not known.</param>
/// <param name="Clock">Started with the job.</param>
/// <param name="Progress">Told after every frame.</param>
sealed record FrameWork(FrameNetwork Network, int FramesInFlight, long? Total, Stopwatch Clock, IProgress<VideoProgress>? Progress)
{
    /// <summary>The work of one lane beside others: the network's callers are shared out among them.</summary>
    public FrameWork InLane(int number, int lanes, LaneProgress? progress) => this with
    {
        Network = Network with { SideBySide = Math.Max(1, Network.SideBySide / lanes) },
        Progress = progress?.Of(number) ?? Progress,
    };

    /// <summary>Runs to the end of the source and finishes the sink.</summary>
    /// <returns>Working time of each part.</returns>
    public IReadOnlyList<VideoStage> Run(IFrameSource source, IFrameSink sink, FrameConversion conversion, string output, CancellationToken cancellationToken)
    {
        var before = sink.Frames;
        CancellationToken stopping = default;
        using var workers = new FrameWorkers(Network, conversion, FramesInFlight);
        var window = FrameWindow.For(Network, source.TryReadAny, conversion, source.IsLive ? 1 : FrameRepeat.Farthest);
        FrameStage[] stages =
        [
            FrameStage.Single("decode", window is null ? source.TryRead : window.TryRead),
            workers.Stage(() => stopping),
            FrameStage.Single("encode", slot =>
            {
                sink.Write(source.Format, slot);
                Progress?.Report(new VideoProgress(sink.Frames, Total, Clock.Elapsed));
                return true;
            }),
        ];
        using var pipeline = new FramePipeline(stages, conversion.FrameBytes, FramesInFlight, cancellationToken, window, Network.Samples?.Allocate);
        stopping = pipeline.Stopping;
        // A stage that waits in a pipe notices nothing else than the end of the process behind it.
        using var stop = stopping.Register(() =>
        {
            source.Kill();
            sink.Kill();
        });
        sink.OnFailure(failure =>
        {
            if (!stopping.IsCancellationRequested)
            {
                pipeline.Fail(failure);
            }
        });
        pipeline.Run(cancellationToken);
        sink.Finish();
        pipeline.ThrowIfStopped(cancellationToken);
        return sink.Frames - before == source.Frames
            ? pipeline.Times
            : throw VideoException.Output(output, string.Create(CultureInfo.InvariantCulture, $"{sink.Frames - before} of {source.Frames} frames reached the encoder; please report this"));
    }
}
