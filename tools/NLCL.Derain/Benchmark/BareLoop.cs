using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using NLCL.Runtime;

namespace NLCL.Derain;

/// <summary>
/// The least that a frame costs on a GPU: the model's file in ONNX Runtime, its tensors bound on the device once, no copy, the next run begun when the
/// one before has ended. Settings are the runtime's; the layout of convolutions is ONNX Runtime's own, or the one that raw frames in half precision get (DECISIONS.md, 46).
/// </summary>
sealed class BareLoop : IDisposable
{
    readonly InferenceSession _session;
    readonly OrtAllocator _allocator;
    readonly OrtValue _input;
    readonly OrtValue _output;
    readonly OrtIoBinding _binding;
    readonly RunOptions _options = new();

    /// <param name="derainer">Runs on a GPU whose provider was loaded as a library.</param>
    /// <param name="device">That GPU.</param>
    /// <param name="size">Of the frames.</param>
    /// <param name="laidOut">In the runtime's layout.</param>
    BareLoop(Derainer derainer, OrtEpDevice device, FrameSize size, bool laidOut)
    {
        using SessionOptions settings = new();
        settings.AddFreeDimensionOverrideByName("n", 1);
        settings.AddFreeDimensionOverrideByName("h", size.Height);
        settings.AddFreeDimensionOverrideByName("w", size.Width);
        string form = laidOut ? "1" : "0";
        settings.AppendExecutionProvider(
            OrtEnv.Instance(),
            [device],
            new Dictionary<string, string> { ["cudnn_conv_algo_search"] = "HEURISTIC", ["arena_extend_strategy"] = "kSameAsRequested", ["prefer_nhwc"] = form, ["fuse_conv_bias"] = form });
        _session = new InferenceSession(derainer.Model.Path, settings);
        _allocator = new OrtAllocator(_session, device.GetMemoryInfo(OrtDeviceMemoryType.DEFAULT));
        _input = OrtValue.CreateAllocatedTensorValue(_allocator, TensorElementType.Float, [1, 3 * derainer.Contract.Frames, size.Height, size.Width]);
        _output = OrtValue.CreateAllocatedTensorValue(_allocator, TensorElementType.Float, [1, 3, size.Height, size.Width]);
        _binding = _session.CreateIoBinding();
        _binding.BindInput(ModelContract.InputName, _input);
        _binding.BindOutput(ModelContract.OutputName, _output);
    }

    /// <returns>Null on a processor, where ONNX Runtime offers no GPU, where the size needs padding, and where the runtime has no layout of its own.</returns>
    public static BareLoop? Open(Derainer derainer, FrameSize size, bool laidOut)
    {
        int multiple = derainer.Contract.SizeMultiple;
        OrtEpDevice? gpu = derainer.Device.Chosen == DeviceKind.Cuda
            ? OrtEnv.Instance().GetEpDevices().FirstOrDefault(device => device.HardwareDevice.Type == OrtHardwareDeviceType.GPU)
            : null;
        return gpu is null || size.Width % multiple != 0 || size.Height % multiple != 0 || (laidOut && (derainer.Device.Precision != "fp16" || derainer.Contract.Frames > 1))
            ? null
            : new BareLoop(derainer, gpu, size, laidOut);
    }

    public void Run(int frames)
    {
        for (int i = 0; i < frames; i++) { _session.RunWithBinding(_options, _binding); }
    }

    public void Dispose()
    {
        _binding.Dispose();
        _input.Dispose();
        _output.Dispose();
        _allocator.Dispose();
        _options.Dispose();
        _session.Dispose();
    }
}
