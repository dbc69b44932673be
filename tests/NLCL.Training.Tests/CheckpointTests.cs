using NLCL.Training;

namespace NLCL.Tests;

/// <summary>Well-formed files that are no checkpoint of this training.</summary>
public sealed class CheckpointTests : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("no version", "'nlcl.checkpoint' is missing: this is no checkpoint")]
    [InlineData("other version", "expected a checkpoint of version 1, found '7'")]
    [InlineData("no iteration", "'iteration' is missing")]
    [InlineData("odd iteration", "'iteration' is '-3', not a whole number")]
    [InlineData("odd figure", "'best_psnr_y' is 'good', not a number")]
    [InlineData("tensor missing", "'network.head.bias' is missing")]
    [InlineData("tensor too many", "'network.tail' belongs to no part of this training")]
    [InlineData("other shape", "'network.head.bias' is F32 [1], expected F32 [8]")]
    [InlineData("other type", "'network.head.bias' is U8 [8], expected F32 [8]")]
    public void Each_mistake_has_its_message(string mistake, string message)
    {
        using TrainingState state = new(TrainingOptions.SmokePreset, TorchSharp.torch.CPU);
        Checkpoint.Save(state, _folder.File("good"));
        SafetensorsFile good = SafetensorsFile.Read(_folder.File("good"));
        Dictionary<string, string> metadata = new(good.Metadata, StringComparer.Ordinal);
        Dictionary<string, SafetensorsEntry> entries = new(good.Entries, StringComparer.Ordinal);
        const string Bias = "network.head.bias";
        switch (mistake)
        {
            case "no version": metadata.Remove("nlcl.checkpoint"); break;
            case "other version": metadata["nlcl.checkpoint"] = "7"; break;
            case "no iteration": metadata.Remove("iteration"); break;
            case "odd iteration": metadata["iteration"] = "-3"; break;
            case "odd figure": metadata["best_psnr_y"] = "good"; break;
            case "tensor missing": entries.Remove(Bias); break;
            case "tensor too many": entries["network.tail"] = new("network.tail", SafetensorsType.F32, [1], new byte[4]); break;
            case "other shape": entries[Bias] = new(Bias, SafetensorsType.F32, [1], new byte[4]); break;
            default: entries[Bias] = new(Bias, SafetensorsType.U8, [8], new byte[8]); break;
        }
        SafetensorsFile.Write(_folder.File("bad"), metadata, entries.Values);

        CheckpointException failure = Assert.Throws<CheckpointException>(() => Checkpoint.Restore(state, _folder.File("bad")));

        Assert.StartsWith(_folder.File("bad"), failure.Message, StringComparison.Ordinal);
        Assert.Contains(message, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_older_checkpoint_without_the_best_ssim_is_read()
    {
        using TrainingState state = new(TrainingOptions.SmokePreset, TorchSharp.torch.CPU) { BestSsimY = 0.5, BestPsnrY = 20, Iteration = 4 };
        Checkpoint.Save(state, _folder.File("new"));
        SafetensorsFile file = SafetensorsFile.Read(_folder.File("new"));
        SafetensorsFile.Write(_folder.File("old"), file.Metadata.Where(item => item.Key != "best_ssim_y").ToDictionary(), file.Entries.Values);

        Checkpoint.Restore(state, _folder.File("old"));

        Assert.Equal((20, double.NaN, 4), (state.BestPsnrY, state.BestSsimY, state.Iteration));
    }
}
