using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.ML.OnnxRuntime;

namespace NLCL.Runtime;

/// <summary>TensorRT, with CUDA behind it for what TensorRT leaves over.</summary>
sealed class TensorRtProvider : IDeviceProvider
{
    // The kernel module's version; the driver's other parts must match it.
    const string DriverFile = "/proc/driver/nvidia/version";

    public DeviceKind Kind => DeviceKind.TensorRt;

    public string ProviderName => "TensorrtExecutionProvider";

    public bool SharesHostMemory => false;

    public string Remedy =>
        "Install the GPU build of ONNX Runtime, TensorRT 10 for CUDA 13 and cuDNN 9, or choose another device (--device cuda, --device cpu).";

    public string? Absence(DerainerOptions options) => NativeProviders.Missing(ProviderName) ?? NvidiaGpu.Missing();

    public OrtEpDevice? Device(DerainerOptions options) => null;

    public OrtAllocator? HostMemory(DerainerOptions options) => null;

    public void Configure(SessionOptions session, ModelFile model, DerainerOptions options, ConvolutionForm form)
    {
        using var tensorRt = new OrtTensorRTProviderOptions();
        tensorRt.UpdateOptions(Settings(model, options));
        session.AppendExecutionProvider_Tensorrt(tensorRt);
        CudaProvider.Append(session, options, form);
    }

    internal static Dictionary<string, string> Settings(ModelFile model, DerainerOptions options)
    {
        var half = options.Precision == ModelPrecision.Fp16 || (options.Precision == ModelPrecision.Auto && model.Contract.Fp16Safe);
        var settings = new Dictionary<string, string>
        {
            ["device_id"] = options.DeviceIndex.ToString(CultureInfo.InvariantCulture),
            ["trt_fp16_enable"] = half ? "1" : "0",
        };
        if (options.CacheFolder is { } cache)
        {
            // ONNX Runtime puts graph, shape and compute capability into the name; the rest that an engine depends on is the folder.
            var folder = Path.Combine(cache, "tensorrt-" + KeyOf(model, options, half));
            Directory.CreateDirectory(folder);
            settings["trt_engine_cache_enable"] = "1";
            settings["trt_engine_cache_path"] = folder;
            settings["trt_timing_cache_enable"] = "1";
            settings["trt_timing_cache_path"] = folder;
        }
        return settings;
    }

    /// <summary>Model, ONNX Runtime (and with it TensorRT), driver, device, precision.</summary>
    internal static string KeyOf(ModelFile model, DerainerOptions options, bool half)
    {
        var driver = File.Exists(DriverFile) ? File.ReadAllText(DriverFile) : "";
        var text = string.Join('|', model.Sha256, OrtEnv.Instance().GetVersionString(), driver, options.DeviceIndex, half);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..32];
    }
}
