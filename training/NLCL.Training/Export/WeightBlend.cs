using System.Globalization;
using System.Runtime.InteropServices;

namespace NLCL.Training;

/// <summary>
/// Weights between those of a trained network and those of one that was trained on from it. Training on for one kind of picture often loses on others; on
/// the way between the two lies much of the gain and little of the loss (Wortsman et al., "Robust fine-tuning of zero-shot models", CVPR 2022).
/// </summary>
public static class WeightBlend
{
    const string Extension = ".safetensors";

    /// <summary>Writes weights, <c>(1 - share) * from + share * to</c>, with the options and counters of the second.</summary>
    /// <param name="from">Run folder or file of weights.</param>
    /// <param name="to">The same, of a network of the same shape.</param>
    /// <param name="share">0: the first; 1: the second.</param>
    /// <param name="target">
    /// The .safetensors file to write; or a folder, which becomes one that <see cref="ModelExport"/> takes like a run's and that names the pictures of <paramref name="to"/>.
    /// </param>
    /// <exception cref="TrainingException">One of them is no run and no file; or the target is a folder with a checkpoint, or one for a file that does not say its pictures.</exception>
    /// <exception cref="CheckpointException">A file is damaged, or the networks differ.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The share is not between 0 and 1.</exception>
    public static void Write(string from, string to, double share, string target)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(share);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(share, 1);
        TrainedWeights went = TrainedWeights.Find(to);
        string first = TrainedWeights.Find(from).File, second = went.File;
        // Reading the options makes sure that both are checkpoints of this version.
        Checkpoint.ReadOptions(first);
        TrainingOptions options = Checkpoint.ReadOptions(second);
        SafetensorsFile one = SafetensorsFile.Read(first), other = SafetensorsFile.Read(second);
        SafetensorsEntry[] begin = Weights(one), end = Weights(other);
        if (begin.Length == 0 || !begin.Select(Shape).SequenceEqual(end.Select(Shape), StringComparer.Ordinal))
        {
            throw new CheckpointException(second, $"its network has another shape than that of '{first}'", "blend a network with one that was trained on from it (--start)");
        }
        SafetensorsFile.Write(target.EndsWith(Extension, StringComparison.OrdinalIgnoreCase) ? target : BeginRun(target, options, went), other.Metadata, begin.Zip(end, (a, b) => a with { Bytes = Mix(a.Bytes.Span, b.Bytes.Span, share) }));
    }

    /// <returns>Its checkpoint.</returns>
    static string BeginRun(string target, TrainingOptions options, TrainedWeights went)
    {
        RunFolder folder = new(target);
        if (File.Exists(folder.ToExport)) { throw new TrainingException($"{folder.Path}: a training has been here already; name another folder."); }
        folder.Write(options, went.Sources ?? throw new TrainingException($"{went.File}: it does not say which pictures it was trained on; name its run, or a {Extension} file to write."));
        return folder.Checkpoint;
    }

    static SafetensorsEntry[] Weights(SafetensorsFile file) =>
        [.. Checkpoint.EntriesOf(TrainedWeights.Module, file).OrderBy(entry => entry.Name, StringComparer.Ordinal)];

    static string Shape(SafetensorsEntry entry) => string.Create(CultureInfo.InvariantCulture, $"{entry.Name} {entry.Type} {string.Join(',', entry.Shape)}");

    static byte[] Mix(ReadOnlySpan<byte> from, ReadOnlySpan<byte> to, double share)
    {
        ReadOnlySpan<float> a = MemoryMarshal.Cast<byte, float>(from), b = MemoryMarshal.Cast<byte, float>(to);
        float[] mixed = new float[a.Length];
        for (int i = 0; i < mixed.Length; i++) { mixed[i] = (float)(((1 - share) * a[i]) + (share * b[i])); }
        return MemoryMarshal.AsBytes<float>(mixed).ToArray();
    }
}
