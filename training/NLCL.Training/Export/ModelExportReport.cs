using NLCL.OnnxExport;

namespace NLCL.Training;

/// <summary>What an export wrote.</summary>
/// <param name="File">The ONNX file and how near it comes to the network.</param>
/// <param name="Card">The model card beside it.</param>
/// <param name="Checkpoint">Where the weights came from.</param>
/// <param name="Iteration">Iterations of training in them.</param>
/// <param name="RuntimeDifference">Largest difference between the runtime's result and the network's, on an odd-sized picture in 0..1.</param>
public sealed record ModelExportReport(ExportReport File, string Card, string Checkpoint, long Iteration, double RuntimeDifference);
