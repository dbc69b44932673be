using System.Collections.Concurrent;

namespace NLCL.Runtime.Tests;

public sealed class FramePipelineTests
{
    static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 4)]
    [InlineData(3, 3)]
    [InlineData(4, 6)]
    [InlineData(5, 2)]
    public void Frames_leave_in_the_order_in_which_they_came(int threads, int slots)
    {
        const int Frames = 200;
        var read = 0L;
        List<long> written = [];
        ConcurrentDictionary<int, bool> workers = [];
        FrameStage[] stages =
        [
            FrameStage.Single("read", slot => (slot.Pts = read) < Frames && ++read > 0),
            new(
                threads,
                new("work", (slot, worker) =>
                {
                    workers[worker] = true;
                    Thread.SpinWait((int)(slot.Pts * 7919 % 5000)); // some overtake others
                    slot.Segment = slot.Pts * slot.Pts;
                    return true;
                }),
                new("more work", (_, _) => true)),
            FrameStage.Single("write", slot =>
            {
                Assert.Equal(slot.Pts * slot.Pts, slot.Segment);
                written.Add(slot.Pts);
                return true;
            }),
        ];
        using FramePipeline pipeline = new(stages, 1, slots, Token);
        pipeline.Run(Token);
        Assert.Equal(Enumerable.Range(0, Frames).Select(frame => (long)frame), written);
        Assert.All(workers.Keys, worker => Assert.InRange(worker, 0, threads - 1));
        Assert.Equal(["read", "work", "more work", "write"], pipeline.Times.Select(time => time.Name));
        Assert.True(pipeline.Times[1].Busy > TimeSpan.Zero);
    }

    [Fact]
    public void Frames_are_worked_on_at_the_same_time()
    {
        var read = 0;
        using Barrier together = new(3);
        FrameStage[] stages =
        [
            FrameStage.Single("read", _ => read++ < 6),
            // Passes only when three frames are here at once.
            new(3, new FramePart("work", (_, _) => together.SignalAndWait(TimeSpan.FromSeconds(20), Token) ? true : throw new TimeoutException("alone"))),
            FrameStage.Single("write", _ => true),
        ];
        using FramePipeline pipeline = new(stages, 1, 4, Token);
        pipeline.Run(Token);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void The_first_failure_stops_all_and_is_reported(int failing)
    {
        var read = 0;
        FrameStage Stage(int index, int threads) => new(threads, new FramePart($"{index}", (slot, _) =>
        {
            if (index == 0) { slot.Pts = read++; }
            return index != failing || slot.Pts != 20 ? true : throw new InvalidDataException("the twentieth");
        }));
        using FramePipeline pipeline = new([Stage(0, 1), Stage(1, 3), Stage(2, 1)], 1, 5, Token);
        Assert.Equal("the twentieth", Assert.Throws<InvalidDataException>(() => pipeline.Run(Token)).Message);
        Assert.InRange(read, 20, 27);
    }

    [Fact]
    public void A_cancelled_pipeline_ends()
    {
        using CancellationTokenSource stop = new();
        var written = 0;
        FrameStage[] stages =
        [
            FrameStage.Single("read", _ => true), // without end
            new(2, new FramePart("work", (_, _) => true)),
            FrameStage.Single("write", _ =>
            {
                if (++written == 50) { stop.Cancel(); }
                return true;
            }),
        ];
        using FramePipeline pipeline = new(stages, 1, 4, stop.Token);
        Assert.ThrowsAny<OperationCanceledException>(() => pipeline.Run(stop.Token));
    }
}
