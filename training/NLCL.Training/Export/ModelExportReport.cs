using NLCL.OnnxExport;

namespace NLCL.Training;

/// <summary>One file of an export.</summary>
/// <param name="Variant">Which form it has.</param>
/// <param name="File">The file and how near it comes to the network.</param>
/// <param name="RuntimeDifference">
/// Largest difference between the runtime's result and the network's, on an odd-sized picture of noise in 0..1; null for a form that the
/// runtime does not take.
/// </param>
public sealed record ExportedModel(ModelVariant Variant, ExportReport File, double? RuntimeDifference);

/// <summary>What an export wrote.</summary>
/// <param name="Models">The files, the first asked for first.</param>
/// <param name="LeftOut">One sentence for each precision that was not good enough.</param>
/// <param name="Card">The model card beside them.</param>
/// <param name="Checkpoint">Where the weights came from.</param>
/// <param name="Iteration">Iterations of training in them.</param>
public sealed record ModelExportReport(
    IReadOnlyList<ExportedModel> Models, IReadOnlyList<string> LeftOut, string Card, string Checkpoint, long Iteration)
{
    /// <summary>Folders of the Triton repository that were written.</summary>
    public IReadOnlyList<string> Triton { get; init; } = [];

    /// <summary>The first file.</summary>
    public ExportReport File => Models[0].File;

    /// <summary>Of the first file; see <see cref="ExportedModel"/>.</summary>
    public double RuntimeDifference => Models[0].RuntimeDifference ?? double.NaN;
}
