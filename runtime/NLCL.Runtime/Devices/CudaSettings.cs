using System.Globalization;

namespace NLCL.Runtime;

/// <summary>Options of ONNX Runtime's CUDA provider, the same for the built-in one and the plugin.</summary>
static class CudaSettings
{
    public const string Remedy =
        "Install the GPU build of ONNX Runtime, an NVIDIA driver for CUDA 13, cuBLAS and cuDNN 9, or choose the CPU (--device cpu).";

    public static Dictionary<string, string> Of(DerainerOptions options, ConvolutionForm form)
    {
        var settings = new Dictionary<string, string>
        {
            // An exhaustive search repeats for every new picture size: seconds each, for a few per cent.
            ["cudnn_conv_algo_search"] = "HEURISTIC",
            // The default doubles the arena, which looks like a leak and runs out early.
            ["arena_extend_strategy"] = "kSameAsRequested",
        };
        if (form != ConvolutionForm.AsWritten)
        {
            settings["prefer_nhwc"] = "1";
            settings["fuse_conv_bias"] = form == ConvolutionForm.ChannelsLastFused ? "1" : "0";
        }
        if (options.DeviceMemoryLimitBytes > 0)
        {
            settings["gpu_mem_limit"] = options.DeviceMemoryLimitBytes.ToString(CultureInfo.InvariantCulture);
        }
        return settings;
    }
}
