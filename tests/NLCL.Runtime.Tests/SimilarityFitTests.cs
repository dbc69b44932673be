namespace NLCL.Runtime.Tests;

/// <summary>The motion that most blocks agree on.</summary>
public class SimilarityFitTests
{
    static readonly CameraMotion s_true = new(3.5, -1.25, 0.02, -0.01, 319.5, 239.5);

    /// <summary>Blocks all over a frame of 640x480, some of them wrong.</summary>
    static BlockMatch[] Blocks(double wrong, int seed)
    {
        var random = new Random(seed);
        return
        [
            .. from y in Enumerable.Range(0, 12)
               from x in Enumerable.Range(0, 16)
               let motion = s_true.At((40 * x) + 20, (40 * y) + 20)
               let isWrong = random.NextDouble() < wrong
               select new BlockMatch(
                   (40 * x) + 20 - s_true.MiddleX,
                   (40 * y) + 20 - s_true.MiddleY,
                   isWrong ? random.Next(-20, 21) : motion.X,
                   isWrong ? random.Next(-20, 21) : motion.Y,
                   0.2 + random.NextDouble()),
        ];
    }

    static CameraMotion Start { get; } = default(CameraMotion) with { MiddleX = s_true.MiddleX, MiddleY = s_true.MiddleY };

    static void Same(CameraMotion expected, CameraMotion found, double tolerance)
    {
        Assert.Equal(expected.X, found.X, tolerance);
        Assert.Equal(expected.Y, found.Y, tolerance);
        Assert.Equal(expected.Growth, found.Growth, tolerance / 300);
        Assert.Equal(expected.Roll, found.Roll, tolerance / 300);
    }

    [Fact]
    public void Blocks_that_all_agree_are_taken_at_their_word()
    {
        var motion = Start;
        Assert.True(SimilarityFit.TryFit(Blocks(0, 1), 20, 1, ref motion));
        Same(s_true, motion, 1e-6);
    }

    [Theory]
    [InlineData(0.2, 1)]
    [InlineData(0.2, 2)]
    [InlineData(0.4, 3)]
    [InlineData(0.4, 4)]
    public void Wrong_blocks_do_not_matter(double wrong, int seed)
    {
        var motion = Start;
        Assert.True(SimilarityFit.TryFit(Blocks(wrong, seed), 20, 1, ref motion));
        Same(s_true, motion, 0.15);
    }

    [Fact]
    public void Too_little_to_tell_is_said()
    {
        var motion = Start;
        Assert.False(SimilarityFit.TryFit([], 20, 1, ref motion));
        Assert.False(SimilarityFit.TryFit([new(5, 5, 2, 2, 1)], 20, 1, ref motion));
        Assert.False(SimilarityFit.TryFit([new(5, 5, 2, 2, 1), new(5, 5, 2, 3, 1)], 20, 1, ref motion));
        Assert.False(SimilarityFit.TryFit(Blocks(0, 1).Select(block => block with { Weight = 0 }).ToArray(), 20, 1, ref motion));
        Assert.Equal(Start, motion);
    }
}
