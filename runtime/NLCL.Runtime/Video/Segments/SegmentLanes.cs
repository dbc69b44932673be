using System.Runtime.ExceptionServices;

namespace NLCL.Runtime;

/// <summary>Segments from one number up to another, worked on one after the other.</summary>
/// <param name="From">The first.</param>
/// <param name="To">The first one that is not among them.</param>
readonly record struct SegmentLane(long From, long To)
{
    public bool Contains(long number) => number >= From && number < To;
}

/// <summary>
/// Parts of a clip that are worked on at the same time, each with a decoder and an encoder of its own: beside a GPU it is the encoder that sets the pace, and
/// one alone leaves cores idle (DECISIONS.md, 47). Every segment becomes what it would be in one lane.
/// </summary>
static class SegmentLanes
{
    // Two encoders fill 16 cores; with fewer than half of them one does.
    const int LeastCores = 8, MostLanes = 2;

    /// <summary>How many are worth it.</summary>
    /// <param name="plan">A clip into whose middle a decoder can jump; otherwise one.</param>
    /// <param name="network">Leaves the cores to decoders and encoders, or one.</param>
    public static int CountFor(EncoderPlan plan, FrameNetwork network) =>
        !plan.Options.Shard.IsWhole || !plan.CanJump ? 1
        : plan.Options.Lanes ?? (network.OnGpu && !CodecSettings.IsHardware(plan.Codec) && Environment.ProcessorCount >= LeastCores ? MostLanes : 1);

    /// <summary>Cuts what is still to do into so many lanes of about as many segments.</summary>
    /// <param name="whole">All that is to be done in the end.</param>
    /// <param name="last">The first segment that begins behind the clip's end, as its header has it.</param>
    /// <param name="finished">Numbers of those that are done.</param>
    /// <param name="count">Lanes at most.</param>
    public static IReadOnlyList<SegmentLane> Cut(SegmentLane whole, long last, IEnumerable<long> finished, int count)
    {
        var done = finished.ToHashSet();
        List<long> left = [];
        for (var number = whole.From; count > 1 && number < Math.Min(whole.To, last); number++)
        {
            if (!done.Contains(number))
            {
                left.Add(number);
            }
        }

        count = Math.Clamp(left.Count, 1, count);
        long[] borders = [whole.From, .. Enumerable.Range(1, count - 1).Select(lane => left[left.Count * lane / count]), whole.To];
        return [.. borders.Zip(borders.Skip(1), (from, to) => new SegmentLane(from, to))];
    }

    /// <summary>Runs one job per lane; the first failure ends the others and is thrown.</summary>
    public static void Run(IReadOnlyList<Action<CancellationToken>> jobs, CancellationToken cancellationToken)
    {
        if (jobs.Count == 1)
        {
            jobs[0](cancellationToken);
            return;
        }

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Exception? failure = null;
        void Guard(Action<CancellationToken> job)
        {
            try
            {
                job(stop.Token);
            }
#pragma warning disable CA1031 // A thread has nobody to throw to: thrown below.
            catch (Exception e)
#pragma warning restore CA1031
            {
                Interlocked.CompareExchange(ref failure, e, null);
                stop.Cancel();
            }
        }

        Thread[] threads = [.. jobs.Select(job => new Thread(() => Guard(job)) { IsBackground = true, Name = "nlcl lane" })];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        cancellationToken.ThrowIfCancellationRequested();
        if (failure is not null)
        {
            ExceptionDispatchInfo.Throw(failure);
        }
    }
}
