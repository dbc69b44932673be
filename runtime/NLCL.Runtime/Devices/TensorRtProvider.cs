using System.Globalization;
using Microsoft.ML.OnnxRuntime;

namespace NLCL.Runtime;

/// <summary>TensorRT, with CUDA behind it for what TensorRT leaves over.</summary>
sealed class TensorRtProvider : IDeviceProvider
{
    public DeviceKind Kind => DeviceKind.TensorRt;

    public string ProviderName => "TensorrtExecutionProvider";

    public bool SharesHostMemory => false;

    public string Remedy =>
        "Install the GPU build of ONNX Runtime 1.29, TensorRT 10 for CUDA 13 and cuDNN 9, or choose another device (--device cuda, --device cpu).";

    public void Configure(SessionOptions session, DerainerOptions options)
    {
        using var tensorRt = new OrtTensorRTProviderOptions();
        var settings = new Dictionary<string, string>
        {
            ["device_id"] = options.DeviceIndex.ToString(CultureInfo.InvariantCulture),
        };
        if (options.EngineCacheFolder is { } folder)
        {
            Directory.CreateDirectory(folder);
            settings["trt_engine_cache_enable"] = "1";
            settings["trt_engine_cache_path"] = folder;
            settings["trt_timing_cache_enable"] = "1";
            settings["trt_timing_cache_path"] = folder;
        }
        tensorRt.UpdateOptions(settings);
        session.AppendExecutionProvider_Tensorrt(tensorRt);
        CudaProvider.Append(session, options);
    }
}
