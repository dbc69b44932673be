using NLCL.Runtime;
using OpenCvSharp;
using TorchSharp;
using static TorchSharp.torch;

namespace NLCL.Training;

/// <summary>
/// Measures the intrinsic dimension of both layers over a folder of rainy pictures. The method rests on look-alike patches of
/// the background having the higher one; that depends on the rain and on how well a model separates it, so it is measured.
/// </summary>
/// <remarks>
/// As the method groups them: on each layer by itself, an anchor, and the patches of its neighbourhood that resemble it most.
/// A group's points are its patches, P*P*3 numbers each.
/// </remarks>
public static class LayerAnalysis
{
    /// <summary>Runs the measurement.</summary>
    /// <param name="model">A run folder (its best checkpoint is taken, else its latest), a .safetensors file of weights, or an .onnx file.</param>
    /// <param name="rainy">Pictures, at least twice a patch high and wide.</param>
    /// <param name="options">How groups are taken; null: the defaults.</param>
    /// <param name="progress">Told the number of pictures done.</param>
    /// <param name="cancellationToken">Stops between pictures.</param>
    /// <exception cref="TrainingException">No picture could be measured, or the folder is no run.</exception>
    /// <exception cref="CheckpointException">The checkpoint is damaged.</exception>
    /// <exception cref="ModelFileException">The model file is missing or refused.</exception>
    public static LayerAnalysisReport Run(
        string model, PictureFolder rainy, LayerAnalysisOptions? options = null, Action<int, int>? progress = null, CancellationToken cancellationToken = default)
    {
        options ??= new LayerAnalysisOptions();
        options.Validate();
        using ILayerSource source = Directory.Exists(model) || model.EndsWith(".safetensors", StringComparison.OrdinalIgnoreCase) ? new RunLayers(model) : new ModelLayers(model);
        IReadOnlyList<string> all = rainy.Files();
        if (all.Count == 0) { throw new TrainingException($"{rainy.Path}: expected rainy pictures, found none; name a folder with PNG, JPEG or other picture files."); }
        int count = options.Pictures == 0 ? all.Count : Math.Min(options.Pictures, all.Count);
        List<GroupDimensions> groups = [];
        List<string> warnings = [];
        for (int index = 0; index < count; index++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            string file = all[(int)((long)index * all.Count / count)];
            try
            {
                groups.AddRange(Measure(source, PicturePool.ToEightBit(rainy.Read(file)), Path.GetFileName(file), index, options));
            }
            catch (Exception failure) when (failure is PictureFileException or ArgumentOutOfRangeException)
            {
                warnings.Add(failure is PictureFileException ? failure.Message : $"{file}: too small for a group of {options.Patches} patches; left out.");
            }
            progress?.Invoke(index + 1, count);
        }
        return groups.Count > 0
            ? new LayerAnalysisReport(source.Name, count - warnings.Count, options, groups, warnings)
            : throw new TrainingException($"{rainy.Path}: none of {count} pictures could be measured; the first: {warnings[0]}");
    }

    static List<GroupDimensions> Measure(ILayerSource source, Mat picture, string name, int index, LayerAnalysisOptions options)
    {
        using Mat rainy = picture;
        using DisposeScope scope = NewDisposeScope();
        using Generator anchors = new(StableHash.Of(options.Seed, RandomStream.Patches, index));
        NonLocalSampler sampler = new(options.Sampler);
        (Tensor background, Tensor rain) = source.Split(rainy);
        List<GroupDimensions> found = [];
        for (int group = 0; group < options.GroupsPerPicture; group++)
        {
            found.Add(Group(PictureLayer.Background, background));
            found.Add(Group(PictureLayer.Rain, rain));
        }
        return found;

        GroupDimensions Group(PictureLayer layer, Tensor pixels)
        {
            PatchGroup patches = sampler.Sample(pixels, options.Patches, anchors);
            return GroupDimensions.Of(name, layer, patches.Cut(pixels, options.Sampler.PatchSize).select(0, 0), options.Neighbours);
        }
    }
}
