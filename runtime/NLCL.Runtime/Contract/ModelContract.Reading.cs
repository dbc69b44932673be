using System.Globalization;
using System.Text.Json;

namespace NLCL.Runtime;

public sealed partial record ModelContract
{
    const string Remedy = "Export the model again with this version of NLCL (tools/nlcl export), or take one from models/.";

    /// <summary>Reads the contract from a model's metadata and checks the declared tensors against it.</summary>
    /// <param name="path">Only for the message.</param>
    /// <param name="metadata">The file's metadata properties.</param>
    /// <param name="inputs">The graph's inputs without its weights.</param>
    /// <param name="outputs">The graph's outputs.</param>
    /// <exception cref="ModelFileException">One exception that lists every problem.</exception>
    public static ModelContract Read(
        string path,
        IReadOnlyDictionary<string, string> metadata,
        IReadOnlyList<ModelTensor> inputs,
        IReadOnlyList<ModelTensor> outputs)
    {
        ArgumentNullException.ThrowIfNull(metadata);
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(outputs);
        if (!metadata.ContainsKey(VersionKey))
        {
            throw new ModelFileException(path, [$"no NLCL model, its metadata has no '{VersionKey}'"], Remedy);
        }
        var problems = new List<string>();
        var contract = Parse(metadata, problems);
        var bytes = contract?.TakesFrames == true;
        CheckTensor(inputs, "input", InputName, bytes, bytes ? 1 : contract?.Frames ?? 1, problems);
        CheckTensor(outputs, "output", OutputName, bytes, 1, problems);
        return contract is not null && problems.Count == 0
            ? contract
            : throw new ModelFileException(path, problems, Remedy);
    }

    static ModelContract? Parse(IReadOnlyDictionary<string, string> metadata, List<string> problems)
    {
        var version = metadata.GetValueOrDefault(VersionKey);
        if (version != CurrentVersion.ToString(CultureInfo.InvariantCulture))
        {
            problems.Add($"contract version '{version}', this runtime reads {CurrentVersion}");
            return null;
        }
        var tensors = Text(metadata, TensorsKey, problems);
        if (tensors is not ("" or PlanesValue or FramesValue))
        {
            problems.Add($"'{TensorsKey}' is '{tensors}', expected '{PlanesValue}' or '{FramesValue}'");
        }
        var contract = new ModelContract
        {
            Name = Text(metadata, NameKey, problems),
            SizeMultiple = Number(metadata, SizeMultipleKey, 1, 256, problems),
            ReceptiveField = Number(metadata, ReceptiveFieldKey, 0, 4096, problems),
            Tileable = Flag(metadata, TileableKey, problems),
            Precision = Text(metadata, PrecisionKey, problems),
            Fp32Psnr = Decibels(metadata, problems),
            TakesFrames = tensors == FramesValue,
            Frames = FramesSeen(metadata, problems),
            Fp16Safe = Flag(metadata, Fp16SafeKey, problems),
            Licence = Text(metadata, LicenceKey, problems),
            Commit = Text(metadata, CommitKey, problems),
            OptionsJson = Text(metadata, OptionsKey, problems),
            Description = metadata.GetValueOrDefault(DescriptionKey, ""),
        };
        if (!metadata.ContainsKey(DescriptionKey))
        {
            problems.Add($"'{DescriptionKey}' is missing");
        }
        if (contract.Precision is not ("" or Fp32 or "fp16" or "int8"))
        {
            problems.Add($"'{PrecisionKey}' is '{contract.Precision}', expected 'fp32', 'fp16' or 'int8'");
        }
        if (contract.TakesFrames && contract.Frames > 1)
        {
            problems.Add($"'{FramesKey}' is '{contract.Frames}', but with '{TensorsKey}' '{FramesValue}' a network sees one frame");
        }
        if (contract.OptionsJson.Length > 0 && !IsJsonObject(contract.OptionsJson))
        {
            problems.Add($"'{OptionsKey}' is not a JSON object");
        }
        return contract;
    }

    static string Text(IReadOnlyDictionary<string, string> metadata, string key, List<string> problems)
    {
        if (metadata.GetValueOrDefault(key) is { Length: > 0 } value)
        {
            return value;
        }
        problems.Add(metadata.ContainsKey(key) ? $"'{key}' is empty" : $"'{key}' is missing");
        return "";
    }

    static int Number(IReadOnlyDictionary<string, string> metadata, string key, int min, int max, List<string> problems)
    {
        var text = Text(metadata, key, problems);
        if (text.Length == 0)
        {
            return min;
        }
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= min && value <= max)
        {
            return value;
        }
        problems.Add($"'{key}' is '{text}', expected a whole number from {min} to {max}");
        return min;
    }

    static double? Decibels(IReadOnlyDictionary<string, string> metadata, List<string> problems)
    {
        if (!metadata.TryGetValue(Fp32PsnrKey, out var text))
        {
            return null;
        }
        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) && value <= 1000)
        {
            return value;
        }
        problems.Add($"'{Fp32PsnrKey}' is '{text}', expected decibels from 0 to 1000");
        return null;
    }

    static int FramesSeen(IReadOnlyDictionary<string, string> metadata, List<string> problems)
    {
        switch (metadata.GetValueOrDefault(FramesKey, "1"))
        {
            case "1": return 1;
            case "3": return 3;
            case var other:
                problems.Add($"'{FramesKey}' is '{other}', expected '1' or '3'");
                return 1;
        }
    }

    static bool Flag(IReadOnlyDictionary<string, string> metadata, string key, List<string> problems)
    {
        var text = Text(metadata, key, problems);
        if (text is not ("" or "true" or "false"))
        {
            problems.Add($"'{key}' is '{text}', expected 'true' or 'false'");
        }
        return text == "true";
    }

    static bool IsJsonObject(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.ValueKind == JsonValueKind.Object;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    static void CheckTensor(IReadOnlyList<ModelTensor> tensors, string role, string name, bool bytes, int frames, List<string> problems)
    {
        var channels = 3 * frames;
        var (type, expected) = bytes ? ("uint8", "uint8 [n, h, w, 3]") : ("float", $"float [n, {channels}, h, w]");
        if (tensors.Count != 1 || tensors[0].Name != name)
        {
            var found = string.Join(", ", tensors.Select(t => $"'{t.Name}'"));
            problems.Add($"{role}s are {(found.Length == 0 ? "none" : found)}, expected one {role} '{name}'");
        }
        else if (tensors[0] is { } t && (t.ElementType != type || !IsFreePicture(t.Dimensions, bytes ? 3 : 1, channels)))
        {
            problems.Add($"{role} '{name}' is {t.Shape}, expected {expected} with n, h and w free");
        }
    }

    static bool IsFreePicture(IReadOnlyList<string> dimensions, int channelAxis, int channels) =>
        dimensions.Count == 4 && dimensions[channelAxis] == channels.ToString(CultureInfo.InvariantCulture) && !IsFixed(dimensions[0], 1)
        && Enumerable.Range(1, 3).All(axis => axis == channelAxis || !IsFixed(dimensions[axis]));

    static bool IsFixed(string dimension, int except = -1) =>
        long.TryParse(dimension, NumberStyles.None, CultureInfo.InvariantCulture, out var size) && size != except;
}
