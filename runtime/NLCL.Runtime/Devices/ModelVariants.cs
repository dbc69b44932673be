namespace NLCL.Runtime;

/// <summary>A model file and its variants of other precision beside it.</summary>
sealed class ModelVariants(ModelFile named, bool mayLookBeside)
{
    public ModelFile Named => named;

    /// <summary>The variant for a device, and in a few words why that one.</summary>
    /// <exception cref="ModelFileException">The precision that was asked for is not there, or its file is bad.</exception>
    public (ModelFile Model, string Reason) For(DeviceKind device, ModelPrecision precision)
    {
        var own = named.Contract.Precision;
        if (precision != ModelPrecision.Auto)
        {
            var wanted = NameOf(precision);
            return own == wanted ? (named, "asked for") : (Beside(wanted), "asked for");
        }
        if (own != ModelContract.Fp32 || !mayLookBeside)
        {
            return (named, "the file that was named");
        }
        var candidate = device switch
        {
            DeviceKind.Cpu when ProcessorFeatures.HasIntegerDotProducts => NameOf(ModelPrecision.Int8),
            DeviceKind.Cuda or DeviceKind.TensorRt when named.Contract.Fp16Safe => NameOf(ModelPrecision.Fp16),
            _ => null,
        };
        if (candidate is null)
        {
            return (named, device == DeviceKind.Cpu ? "this processor has no byte dot products" : "the model is not marked safe in half precision");
        }
        if (!File.Exists(PathOf(candidate)))
        {
            return (named, $"the faster {PathOf(candidate)} is not there");
        }
        try
        {
            var found = Beside(candidate);
            return (found, candidate == NameOf(ModelPrecision.Int8) ? "this processor multiplies bytes faster" : "half precision is safe for this model");
        }
        catch (ModelFileException e)
        {
            return (named, $"{PathOf(candidate)} does not fit: {e.Problems[0]}");
        }
    }

    ModelFile Beside(string precision)
    {
        if (!mayLookBeside || named.Contract.Precision != ModelContract.Fp32)
        {
            throw new ModelFileException(named.Path, [$"precision is {named.Contract.Precision}, asked for was {precision}"], "Name the file with that precision, or let it choose (Precision = Auto).");
        }
        var path = PathOf(precision);
        if (!File.Exists(path))
        {
            var pictures = precision == NameOf(ModelPrecision.Int8) ? " --calibrate RAINY_PICTURES" : "";
            throw new ModelFileException(path, [$"there is no such file; {precision} was asked for of {named.Path}"], $"Make it with 'nlcl export RUN --output {named.Path} --variant {precision}{pictures}', or take another precision.");
        }
        var found = ModelFile.Open(path);
        var (one, other) = (named.Contract, found.Contract);
        var problems = new List<string>();
        if (other.Precision != precision)
        {
            problems.Add($"precision is {other.Precision}, expected {precision}");
        }
        if (other.Commit != one.Commit || other.OptionsJson != one.OptionsJson)
        {
            problems.Add($"it comes from another training than {named.Path}");
        }
        if (other.SizeMultiple != one.SizeMultiple || other.Tileable != one.Tileable || other.Frames != one.Frames)
        {
            problems.Add($"size multiple, tiling or frames seen differ from {named.Path}");
        }
        return problems.Count == 0 ? found : throw new ModelFileException(path, problems, "Export all variants again, together.");
    }

    string PathOf(string precision) => Path.ChangeExtension(named.Path, precision + Path.GetExtension(named.Path));

    public static string NameOf(ModelPrecision precision) => precision switch
    {
        ModelPrecision.Fp16 => "fp16",
        ModelPrecision.Int8 => "int8",
        _ => ModelContract.Fp32,
    };
}
