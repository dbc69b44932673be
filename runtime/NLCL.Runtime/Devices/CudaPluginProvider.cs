using Microsoft.ML.OnnxRuntime;

namespace NLCL.Runtime;

/// <summary>
/// The CUDA provider loaded as a library, which ONNX Runtime then offers as a device: beside a CPU build, which is how newer releases ship it,
/// and beside a GPU build too. Tensors live on the device, and with <see cref="DerainerOptions.CudaGraph"/> the kernels of a shape are recorded once and replayed.
/// </summary>
sealed class CudaPluginProvider : IDeviceProvider
{
    public DeviceKind Kind => DeviceKind.Cuda;

    public string ProviderName => "CUDAExecutionProvider";

    public bool SharesHostMemory => false;

    public string Remedy => CudaSettings.Remedy;

    public string? Absence(DerainerOptions options) => NoGpu(options) ?? ProviderLibrary.Load(options.ProviderLibrary, out var devices) switch
    {
        { } problem => problem,
        _ when devices.Count == 0 => "ONNX Runtime's CUDA library loads, but finds no GPU",
        _ when options.DeviceIndex >= devices.Count => $"there are {devices.Count} GPUs, number {options.DeviceIndex} (from 0) is not among them",
        _ => null,
    };

    // A library that was named is tried whatever is there.
    static string? NoGpu(DerainerOptions options) => options.ProviderLibrary is null && ProviderLibrary.IsBesideProgram ? NvidiaGpu.Missing() : null;

    public OrtEpDevice? Device(DerainerOptions options) =>
        ProviderLibrary.Load(options.ProviderLibrary, out var devices) is null && options.DeviceIndex < devices.Count ? devices[options.DeviceIndex] : null;

    public OrtAllocator? HostMemory(DerainerOptions options) => Device(options) is { } device ? PinnedMemory.Of(device) : null;

    public void Configure(SessionOptions session, ModelFile model, DerainerOptions options, ConvolutionForm form)
    {
        var settings = CudaSettings.Of(options, form);
        if (options.CudaGraph)
        {
            settings["enable_cuda_graph"] = "1";
        }
        session.AppendExecutionProvider(OrtEnv.Instance(), [Device(options)!], settings);
    }
}
