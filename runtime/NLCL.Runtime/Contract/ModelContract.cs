using System.Globalization;

namespace NLCL.Runtime;

/// <summary>
/// What a model file promises, carried in its ONNX metadata. Training writes it, the runtime reads it, and the keys stand
/// nowhere else. Input <c>rainy</c> and output <c>background</c> are float NCHW <c>[n, 3, h, w]</c>, RGB, 0..1; the output has
/// the input's shape and is not clamped; <c>n</c>, <c>h</c> and <c>w</c> are free. A model that sees neighbouring frames
/// (<see cref="Frames"/>) has an input of <c>[n, 9, h, w]</c>.
/// </summary>
public sealed partial record ModelContract
{
    /// <summary>The version that this runtime writes, and the only one that it reads.</summary>
    public const int CurrentVersion = 1;

    /// <summary>Name of the one input.</summary>
    public const string InputName = "rainy";

    /// <summary>Name of the one output.</summary>
    public const string OutputName = "background";

    /// <summary>The usual <see cref="Precision"/>.</summary>
    public const string Fp32 = "fp32";

    const string VersionKey = "nlcl.contract";
    const string TensorsKey = "nlcl.tensors";
    const string NameKey = "nlcl.name";
    const string SizeMultipleKey = "nlcl.size_multiple";
    const string ReceptiveFieldKey = "nlcl.receptive_field";
    const string TileableKey = "nlcl.tileable";
    const string PrecisionKey = "nlcl.precision";
    const string Fp16SafeKey = "nlcl.fp16_safe";
    const string LicenceKey = "nlcl.licence";
    const string CommitKey = "nlcl.commit";
    const string OptionsKey = "nlcl.options";
    const string DescriptionKey = "nlcl.description";

    // Not required: only files of a lesser precision have it.
    const string Fp32PsnrKey = "nlcl.fp32_psnr";

    // Not required: only files that see neighbours have it.
    const string FramesKey = "nlcl.frames";

    const string PlanesValue = "float nchw rgb 0..1";
    const string FramesValue = "uint8 nhwc bgr 0..255";

    /// <summary>What people call the model, for example <c>lean-photo</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Height and width must be multiples of it; the runtime pads. 1 to 256.</summary>
    public required int SizeMultiple { get; init; }

    /// <summary>Radius in pixels: how far an output pixel looks, and so the halo of a tile. 0 to 4096.</summary>
    public required int ReceptiveField { get; init; }

    /// <summary>False for a network with whole-frame statistics: it runs on whole frames only, whatever they cost.</summary>
    public bool Tileable { get; init; } = true;

    /// <summary>Of the stored weights: <c>fp32</c>, <c>fp16</c> or <c>int8</c>. Input and output are float in any case.</summary>
    public string Precision { get; init; } = Fp32;

    /// <summary>
    /// Of a file of another precision: peak signal-to-noise ratio against the network in fp32 on pictures, in dB, as measured on
    /// export; null where nothing was measured.
    /// </summary>
    public double? Fp32Psnr { get; init; }

    /// <summary>
    /// True for a file that takes and gives frames as they lie in memory: uint8 <c>[n, h, w, 3]</c>, BGR, 0..255. Such files are for
    /// other programs; <see cref="Derainer"/> converts faster than a graph does on CPUs and wants planes.
    /// </summary>
    public bool TakesFrames { get; init; }

    /// <summary>
    /// Frames that the network sees to make one: 1, or 3 where a frame comes with the one before and the one after it. The input then
    /// holds RGB of the frame before in channels 0 to 2, of the frame itself in 3 to 5, of the frame after in 6 to 8; the output is
    /// the background of the frame itself. A frame that has no such neighbour stands in its place.
    /// </summary>
    public int Frames { get; init; } = 1;

    /// <summary>True where half precision was measured to be good enough when the model was exported.</summary>
    public bool Fp16Safe { get; init; }

    /// <summary>Licence of the weights, an SPDX name where there is one.</summary>
    public required string Licence { get; init; }

    /// <summary>Commit of the code that trained the model.</summary>
    public required string Commit { get; init; }

    /// <summary>The training options as JSON.</summary>
    public string OptionsJson { get; init; } = "{}";

    /// <summary>A sentence for people: what it was trained on, what it is good at.</summary>
    public string Description { get; init; } = "";

    /// <summary>The contract as key-value pairs for the file, in a fixed order of keys.</summary>
    /// <exception cref="ArgumentException">The contract itself holds a value that <see cref="Read"/> would refuse.</exception>
    public IReadOnlyDictionary<string, string> ToMetadata()
    {
        var metadata = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            [VersionKey] = CurrentVersion.ToString(CultureInfo.InvariantCulture),
            [TensorsKey] = TakesFrames ? FramesValue : PlanesValue,
            [NameKey] = Name,
            [SizeMultipleKey] = SizeMultiple.ToString(CultureInfo.InvariantCulture),
            [ReceptiveFieldKey] = ReceptiveField.ToString(CultureInfo.InvariantCulture),
            [TileableKey] = Tileable ? "true" : "false",
            [PrecisionKey] = Precision,
            [Fp16SafeKey] = Fp16Safe ? "true" : "false",
            [LicenceKey] = Licence,
            [CommitKey] = Commit,
            [OptionsKey] = OptionsJson,
            [DescriptionKey] = Description,
        };
        if (Fp32Psnr is { } psnr)
        {
            metadata.Add(Fp32PsnrKey, psnr.ToString("0.0", CultureInfo.InvariantCulture));
        }
        if (Frames != 1)
        {
            metadata.Add(FramesKey, Frames.ToString(CultureInfo.InvariantCulture));
        }
        var problems = new List<string>();
        Parse(metadata, problems);
        return problems.Count == 0
            ? metadata
            : throw new ArgumentException($"The contract would not be read back: {string.Join("; ", problems)}.");
    }
}
