namespace NLCL.Runtime;

/// <summary>Which device runs the network, and why that one.</summary>
/// <param name="Requested">What the options asked for.</param>
/// <param name="Chosen">What runs; never <see cref="DeviceKind.Auto"/>.</param>
/// <param name="Provider">ONNX Runtime's name of the execution provider.</param>
/// <param name="Reason">One sentence.</param>
/// <param name="Threads">Threads inside one run on the CPU.</param>
/// <param name="RuntimeVersion">Version of the native ONNX Runtime.</param>
/// <param name="AvailableProviders">The providers that the native library was built with.</param>
public sealed record DeviceReport(
    DeviceKind Requested,
    DeviceKind Chosen,
    string Provider,
    string Reason,
    int Threads,
    string RuntimeVersion,
    IReadOnlyList<string> AvailableProviders)
{
    /// <summary>Precision of the weights that run: <c>fp32</c>, <c>fp16</c> or <c>int8</c>.</summary>
    public string Precision { get; init; } = ModelContract.Fp32;

    /// <summary>Why that precision.</summary>
    public string PrecisionReason { get; init; } = "";

    /// <summary>One line for people.</summary>
    public override string ToString()
    {
        var device = Chosen == DeviceKind.Cpu ? $"CPU, {Threads} {(Threads == 1 ? "thread" : "threads")}" : $"{Chosen}";
        device = Precision == ModelContract.Fp32 ? device : $"{device}, {Precision}";
        return Requested == Chosen ? device : $"{device} ({Reason})";
    }
}
