using System.Globalization;
using Microsoft.ML.OnnxRuntime;

namespace NLCL.Runtime;

/// <summary>ONNX Runtime's built-in CUDA provider.</summary>
sealed class CudaProvider : IDeviceProvider
{
    public DeviceKind Kind => DeviceKind.Cuda;

    public string ProviderName => "CUDAExecutionProvider";

    public bool SharesHostMemory => false;

    public string Remedy =>
        "Install the GPU build of ONNX Runtime 1.29, an NVIDIA driver for CUDA 13, cuBLAS and cuDNN 9, or choose the CPU (--device cpu).";

    public void Configure(SessionOptions session, DerainerOptions options) => Append(session, options);

    internal static void Append(SessionOptions session, DerainerOptions options)
    {
        using var cuda = new OrtCUDAProviderOptions();
        var settings = new Dictionary<string, string>
        {
            ["device_id"] = options.DeviceIndex.ToString(CultureInfo.InvariantCulture),
            // An exhaustive search repeats for every new picture size: seconds each, for a few per cent.
            ["cudnn_conv_algo_search"] = "HEURISTIC",
            // The default doubles the arena, which looks like a leak and runs out early.
            ["arena_extend_strategy"] = "kSameAsRequested",
        };
        if (options.DeviceMemoryLimitBytes > 0)
        {
            settings["gpu_mem_limit"] = options.DeviceMemoryLimitBytes.ToString(CultureInfo.InvariantCulture);
        }
        cuda.UpdateOptions(settings);
        session.AppendExecutionProvider_CUDA(cuda);
    }
}
