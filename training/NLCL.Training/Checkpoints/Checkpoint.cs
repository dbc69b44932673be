using System.Globalization;
using System.Runtime.InteropServices;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace NLCL.Training;

/// <summary>
/// Stores and restores a <see cref="TrainingState"/>: weights and running mean under "module.name", Adam's moments under
/// "adam.mean.…", "adam.square.…" and "adam.step.…", counters and options in the metadata. There is no state of random
/// generators in it because none lives longer than an iteration: each is seeded by the options' seed and the iteration.
/// </summary>
static class Checkpoint
{
    public const int CurrentVersion = 1;

    const string VersionKey = "nlcl.checkpoint";
    const string IterationKey = "iteration";
    const string BestPsnrKey = "best_psnr_y";
    const string BestSsimKey = "best_ssim_y";
    const string BestIterationKey = "best_iteration";
    const string SkippedKey = "skipped_steps";
    const string OptionsKey = "options";

    public static void Save(TrainingState state, string path)
    {
        using DisposeScope scope = NewDisposeScope();
        List<SafetensorsEntry> entries = [];
        foreach ((string module, nn.Module weights) in state.Modules)
        {
            entries.AddRange(weights.state_dict().Select(item => Entry($"{module}.{item.Key}", item.Value)));
        }
        foreach (NamedAdam optimizer in state.Optimizers)
        {
            foreach ((string name, Adam.State moments) in optimizer.Names.Zip(optimizer.Moments))
            {
                entries.Add(Entry($"adam.mean.{name}", moments.exp_avg));
                entries.Add(Entry($"adam.square.{name}", moments.exp_avg_sq));
                entries.Add(new SafetensorsEntry($"adam.step.{name}", SafetensorsType.I64, [], BitConverter.GetBytes(moments.step)));
            }
        }
        SafetensorsFile.Write(path, Metadata(state), entries);
    }

    /// <summary>Puts a checkpoint's content into a state that was built from the same options.</summary>
    public static void Restore(TrainingState state, string path)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable still = no_grad();
        CheckpointReader file = new(path);
        foreach ((string module, nn.Module weights) in state.Modules) { file.CopyWeights(module, weights); }
        foreach (NamedAdam optimizer in state.Optimizers)
        {
            foreach ((string name, Adam.State moments) in optimizer.Names.Zip(optimizer.Moments))
            {
                file.Copy($"adam.mean.{name}", moments.exp_avg);
                file.Copy($"adam.square.{name}", moments.exp_avg_sq);
                moments.step = BitConverter.ToInt64(file.Bytes($"adam.step.{name}", SafetensorsType.I64, []).Span);
            }
        }
        file.RefuseUnread();
        state.Iteration = file.Whole(IterationKey);
        state.BestIteration = file.Whole(BestIterationKey);
        state.SkippedSteps = file.Whole(SkippedKey);
        state.BestPsnrY = file.Number(BestPsnrKey);
        state.BestSsimY = file.Number(BestSsimKey, ifMissing: double.NaN); // older checkpoints have none
    }

    /// <summary>Copies one module's weights out of a checkpoint and leaves the rest alone: for export.</summary>
    /// <param name="path">The checkpoint.</param>
    /// <param name="module">First part of the names: "averaged" for the weights to ship.</param>
    /// <param name="weights">Receives them.</param>
    /// <param name="tolerance">Where the file may differ; null: nowhere.</param>
    /// <returns>Iterations done.</returns>
    public static long RestoreModule(string path, string module, nn.Module weights, WeightTolerance? tolerance = null)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable still = no_grad();
        CheckpointReader file = new(path);
        file.CopyWeights(module, weights, tolerance);
        return file.Whole(IterationKey);
    }

    /// <summary>Writes what a trained network needs and no more: one module's weights, the options, the counters.</summary>
    /// <param name="path">The checkpoint.</param>
    /// <param name="module">As in <see cref="RestoreModule"/>.</param>
    /// <param name="target">The file to write.</param>
    public static void CopyModule(string path, string module, string target)
    {
        SafetensorsFile file = SafetensorsFile.Read(path);
        SafetensorsFile.Write(target, file.Metadata, EntriesOf(module, file));
    }

    /// <summary>One module's weights, as they lie in a checkpoint.</summary>
    public static IEnumerable<SafetensorsEntry> EntriesOf(string module, SafetensorsFile file) =>
        file.Entries.Values.Where(entry => entry.Name.StartsWith(module + ".", StringComparison.Ordinal));

    /// <summary>The options that a checkpoint was trained with.</summary>
    public static TrainingOptions ReadOptions(string path) => TrainingOptions.FromJson(new CheckpointReader(path).Text(OptionsKey), path);

    /// <summary>The best Y-PSNR up to a checkpoint; NaN: nothing was measured.</summary>
    public static double ReadBestPsnrY(string path) => new CheckpointReader(path).Number(BestPsnrKey);

    static Dictionary<string, string> Metadata(TrainingState state) => new(StringComparer.Ordinal)
    {
        [VersionKey] = Text(CurrentVersion),
        [IterationKey] = Text(state.Iteration),
        [BestPsnrKey] = state.BestPsnrY.ToString("R", CultureInfo.InvariantCulture),
        [BestSsimKey] = state.BestSsimY.ToString("R", CultureInfo.InvariantCulture),
        [BestIterationKey] = Text(state.BestIteration),
        [SkippedKey] = Text(state.SkippedSteps),
        [OptionsKey] = state.Options.ToJson(),
    };

    static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);

    static SafetensorsEntry Entry(string name, Tensor tensor)
    {
        float[] values = tensor.detach().cpu().contiguous().data<float>().ToArray();
        return new SafetensorsEntry(name, SafetensorsType.F32, [.. tensor.shape], MemoryMarshal.AsBytes(values.AsSpan()).ToArray());
    }
}
