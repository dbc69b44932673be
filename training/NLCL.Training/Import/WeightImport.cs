using System.Security.Cryptography;
using static TorchSharp.torch;

namespace NLCL.Training;

/// <summary>
/// Makes a run of weights that were trained elsewhere: those of the published generator (<see cref="PaperGenerator"/>), which works in
/// -1..1 inside while the run's network, like every other here, takes and gives 0..1.
/// </summary>
public static class WeightImport
{
    /// <summary>Reads a file of weights and writes a run folder that can be exported, or trained on by --resume.</summary>
    /// <param name="file">Safetensors with one generator, or with both under names that tell them apart.</param>
    /// <param name="runFolder">Folder to write; must not hold a training yet.</param>
    /// <param name="licence">Licence of the weights.</param>
    /// <param name="rainFile">The rain layer's generator where it has a file of its own; not needed to derain.</param>
    /// <exception cref="CheckpointException">A file is damaged, or its arrays are not those of the network.</exception>
    /// <exception cref="TrainingException">The folder holds a training already.</exception>
    public static WeightImportReport Import(string file, string runFolder, string licence = "unknown", string? rainFile = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(file);
        ArgumentException.ThrowIfNullOrEmpty(runFolder);
        RunFolder folder = new(runFolder);
        using TrainingState state = new(TrainingOptions.PaperPreset, CPU);
        PaperDerainer network = (PaperDerainer)state.Network;
        string[] names = [.. network.Background.state_dict().Keys];
        PublishedGenerators found = PublishedGenerators.Find(file, Read(file), names);
        IReadOnlyDictionary<string, SafetensorsEntry>? rain = rainFile is null ? found.Rain : PublishedGenerators.Find(rainFile, Read(rainFile), names, PictureLayer.Rain).Wanted;
        Copy(file, found.Wanted, network.Background);
        if (rain is not null) { Copy(rainFile ?? file, rain, network.Rain); }
        state.Averaged.load_state_dict(network.state_dict());

        folder.Begin(state.Options, new TrainingSources(), resume: false);
        folder.Write(new ImportedWeights(Path.GetFileName(file), Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file))), licence));
        Checkpoint.Save(state, folder.Checkpoint);
        int generators = rain is null ? 1 : 2;
        return new WeightImportReport(
            folder.Path, names.Length * generators, network.Background.parameters().Sum(weight => weight.numel()) * generators, rain is not null, found.Ignored);
    }

    static SafetensorsFile Read(string path)
    {
        // A file of torch.save is a zip archive, formerly a pickle.
        byte[] start = new byte[2];
        using (FileStream stream = File.OpenRead(path)) { stream.ReadAtLeast(start, 2, throwOnEndOfStream: false); }
        return start is [(byte)'P', (byte)'K'] or [0x80, _] && !LooksLikeSafetensors(path)
            ? throw new CheckpointException(path, "expected safetensors, found a file of torch.save", "convert it in Python: safetensors.torch.save_file(torch.load(FILE, map_location='cpu'), 'weights.safetensors')")
            : SafetensorsFile.Read(path);
    }

    /// <summary>The header's length, in the first eight bytes, may begin with the same two as a zip archive; behind it stands '{'.</summary>
    static bool LooksLikeSafetensors(string path)
    {
        byte[] start = new byte[9];
        using FileStream stream = File.OpenRead(path);
        return stream.ReadAtLeast(start, 9, throwOnEndOfStream: false) == 9 && start[8] == (byte)'{';
    }

    static void Copy(string path, IReadOnlyDictionary<string, SafetensorsEntry> entries, PaperGenerator generator)
    {
        using IDisposable still = no_grad();
        Dictionary<string, Tensor> weights = generator.state_dict();
        string[] missing = [.. weights.Keys.Where(name => !entries.ContainsKey(name))];
        if (missing.Length > 0)
        {
            throw new CheckpointException(
                path, $"{missing.Length} of {weights.Count} arrays are missing, the first is '{missing[0]}'", "save the whole state_dict of the published generator: 16 blocks of 32 channels");
        }
        foreach ((string name, Tensor weight) in weights)
        {
            SafetensorsEntry entry = entries[name];
            if (!entry.Shape.SequenceEqual(weight.shape))
            {
                throw new CheckpointException(
                    path, $"'{entry.Name}' is [{string.Join(", ", entry.Shape)}], expected [{string.Join(", ", weight.shape)}]", "these are weights of another network; the published generator has 16 blocks of 32 channels");
            }
            float[] numbers = SafetensorsNumbers.ToSingles(entry)
                ?? throw new CheckpointException(path, $"'{entry.Name}' is {entry.Type}, expected F32, F16, BF16 or F64", "save the weights as floating-point numbers");
            if (!numbers.All(float.IsFinite)) { throw new CheckpointException(path, $"'{entry.Name}' holds values that are no numbers", "take a file from before the training diverged"); }
            using Tensor values = tensor(numbers, weight.shape);
            weight.copy_(values);
        }
    }
}
