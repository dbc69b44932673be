using NLCL.OnnxExport;
using NLCL.Runtime;

namespace NLCL.Training;

/// <summary>Which files an export writes, and what they say of themselves beyond what the run knows.</summary>
public sealed record ModelExportOptions
{
    /// <summary>Name of the model; null: the output file's name.</summary>
    public string? Name { get; init; }

    /// <summary>Licence of the weights, an SPDX name where there is one; null: what an imported run says, else MIT.</summary>
    public string? Licence { get; init; }

    /// <summary>Commit of the code that trained the model.</summary>
    public string Commit { get; init; } = "unknown";

    /// <summary>A sentence for people: what it was trained on, what it is good at; null: made from the run's sources.</summary>
    public string? Description { get; init; }

    /// <summary>The precisions to write, each a file of its own.</summary>
    public IReadOnlyList<ExportPrecision> Precisions { get; init; } = [ExportPrecision.Fp32];

    /// <summary>Whether a precision that measures worse than it must is left out instead of being a failure.</summary>
    public bool LeaveOutWorse { get; init; }

    /// <summary>Whether each also gets a file that takes and gives frames as bytes.</summary>
    public bool Frames { get; init; }

    /// <summary>
    /// Rainy pictures to calibrate int8 with and, others of them, to measure the lesser precisions on; none: the run's own
    /// rainy or development pictures.
    /// </summary>
    public IReadOnlyList<PictureFolder> Calibration { get; init; } = [];

    /// <summary>
    /// Whether fp32 and fp16 shuffle pixels by convolutions (<see cref="ExportOptions.Portable"/>): slower, but OpenCV and its like load them.
    /// </summary>
    public bool Portable { get; init; }

    /// <summary>
    /// Whether the weights are also written as MODEL.safetensors: the running mean alone, without what only the training needs.
    /// <see cref="TrainingSources.Teacher"/> takes such a file.
    /// </summary>
    public bool Weights { get; init; }

    /// <summary>Where to put the files as a model repository too; null: nowhere.</summary>
    public TritonOptions? Triton { get; init; }

    /// <summary>How int8 chooses the range of each value.</summary>
    public RangeMethod Range { get; init; } = new QuantizationOptions().Range;

    /// <summary>Modules that stay in 32 bits in int8.</summary>
    public IReadOnlyCollection<string> KeepFloat { get; init; } = [];
}
