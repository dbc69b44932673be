namespace NLCL.OnnxExport;

/// <summary>
/// A forward pass, written once. <see cref="TorchOperations"/> runs it on tensors, for training and inference;
/// <see cref="OnnxExporter"/> writes it as a graph. Since both read the same lines they cannot drift apart.
/// </summary>
/// <remarks>
/// A module usually implements this itself and forwards to it:
/// <c>forward(x) => Describe(TorchOperations.Instance, [x])[0]</c>.
/// </remarks>
public interface INetworkDescription
{
    /// <summary>Applies the network to its inputs.</summary>
    /// <remarks>
    /// May branch on the network's own options, never on values or on heights and widths: those are known only when the
    /// network runs.
    /// </remarks>
    /// <returns>One value per output.</returns>
    IReadOnlyList<T> Describe<T>(IOperations<T> ops, IReadOnlyList<T> inputs);
}
