using System.Text.Json.Nodes;
using NLCL.CommandLine;

namespace NLCL.Tools.Tests;

/// <summary>Short forms of the soaks; the long ones are the same command with more frames.</summary>
public sealed class SoakCommandTests
{
    [Fact]
    public void A_long_clip_keeps_memory_handles_and_threads_flat()
    {
        // So many that the first fifth, which is not counted, has seen the compiler and the collector settle.
        JsonObject result = Soak("--frames", "12000", "--size", "64x36");
        Assert.Equal(12000, (int?)result["frames"]);
        Assert.Null(result["problem"]);
        Assert.True((double)result["rssGrowthMiB"]! < 16, result.ToJsonString());
        Assert.True((double)result["peakMiB"]! > 10, "the peak was not measured");
    }

    [Fact]
    public void Many_photos_keep_memory_handles_and_threads_flat()
    {
        // One picture of the default size that stays behind each time would be 125 MB. So many that fast processors, too, have settled before a fifth is done.
        JsonObject result = Soak("--photos", "2000");
        Assert.Null(result["problem"]);
        Assert.True((double)result["rssGrowthMiB"]! < 16, result.ToJsonString());
    }

    [Fact]
    public void Damaged_photos_are_derained_or_reported_and_never_crash()
    {
        JsonObject result = Soak("--damaged", "300");
        Assert.Equal(300, (int)result["derained"]! + (int)result["reported"]!);
        Assert.Equal(0, (int?)result["crashes and other faults"]);
        // Both happen, or the damage is too mild or too rough to say anything.
        Assert.InRange((int)result["derained"]!, 15, 285);
        Assert.True((double)result["peakMiB"]! < 512, result.ToJsonString());
    }

    static JsonObject Soak(params string[] arguments) =>
        Assert.Single(Nlcl.Derain(["soak", .. arguments, "--device", "cpu", "--json"]).Expect(ExitCodes.Success).JsonLines());
}
