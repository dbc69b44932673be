using Microsoft.ML.OnnxRuntime;

namespace NLCL.Runtime;

/// <summary>The processor: always there, so it appends nothing.</summary>
sealed class CpuProvider : IDeviceProvider
{
    public DeviceKind Kind => DeviceKind.Cpu;

    public string ProviderName => "CPUExecutionProvider";

    public bool SharesHostMemory => true;

    public string Remedy => "Install a native ONNX Runtime for this platform.";

    public string? Absence(DerainerOptions options) => null;

    public OrtEpDevice? Device(DerainerOptions options) => null;

    public OrtAllocator? HostMemory(DerainerOptions options) => null;

    public void Configure(SessionOptions session, ModelFile model, DerainerOptions options, ConvolutionForm form)
    {
    }
}
