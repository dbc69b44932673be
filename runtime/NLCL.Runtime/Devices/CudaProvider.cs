using System.Globalization;
using Microsoft.ML.OnnxRuntime;

namespace NLCL.Runtime;

/// <summary>The CUDA provider that a GPU build of ONNX Runtime has built in, where its library cannot be loaded apart. Tensors stay on the host and are copied at each run.</summary>
sealed class CudaProvider : IDeviceProvider
{
    public DeviceKind Kind => DeviceKind.Cuda;

    public string ProviderName => "CUDAExecutionProvider";

    public bool SharesHostMemory => false;

    public string Remedy => CudaSettings.Remedy;

    public string? Absence(DerainerOptions options) => NativeProviders.Missing(ProviderName) ?? NvidiaGpu.Missing();

    public OrtEpDevice? Device(DerainerOptions options) => null;

    public OrtAllocator? HostMemory(DerainerOptions options) => null;

    public void Configure(SessionOptions session, ModelFile model, DerainerOptions options, ConvolutionForm form) => Append(session, options, form);

    internal static void Append(SessionOptions session, DerainerOptions options, ConvolutionForm form)
    {
        using var cuda = new OrtCUDAProviderOptions();
        var settings = CudaSettings.Of(options, form);
        settings["device_id"] = options.DeviceIndex.ToString(CultureInfo.InvariantCulture);
        cuda.UpdateOptions(settings);
        session.AppendExecutionProvider_CUDA(cuda);
    }
}
