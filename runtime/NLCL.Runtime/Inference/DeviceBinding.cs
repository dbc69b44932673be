using System.Diagnostics.CodeAnalysis;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace NLCL.Runtime;

/// <summary>
/// Tensors that stay on the device at fixed addresses, as a captured CUDA graph needs them. Each run copies the input over and
/// the result back explicitly: a graph that is replayed reads what lies at its captured addresses, not what a host span holds
/// (the trap of ONNX Runtime's issue 22583).
/// </summary>
sealed class DeviceBinding : ITensorBinding
{
    readonly OrtEnv _environment;
    readonly OrtValue[] _hostInput;
    readonly OrtValue[] _hostOutput;
    readonly OrtValue[] _deviceInput;
    readonly OrtValue[] _deviceOutput;
    readonly OrtAllocator _allocator;
    readonly OrtIoBinding _binding;
    readonly Lock? _oneAtATime;
    int _recordedBy;

    /// <summary>Allocates on the device and binds.</summary>
    /// <param name="environment">Copies between the tensors.</param>
    /// <param name="session">Runs on the device.</param>
    /// <param name="device">Has the tensors.</param>
    /// <param name="input">The host's.</param>
    /// <param name="output">The host's.</param>
    /// <param name="shape">Of both.</param>
    /// <param name="oneAtATime">Where the session replays graphs: a replay uses the session's stream alone.</param>
    [SuppressMessage("Reliability", "CA2000", Justification = "The fields own the tensors; Dispose disposes of them.")]
    public DeviceBinding(OrtEnv environment, InferenceSession session, OrtEpDevice device, NativeBuffer input, NativeBuffer output, TileShape shape, Lock? oneAtATime)
    {
        _environment = environment;
        _oneAtATime = oneAtATime;
        using var _ = GraphCapture.Beside();
        _hostInput = [HostBinding.Tensor(input, shape.InputDimensions)];
        _hostOutput = [HostBinding.Tensor(output, shape.Dimensions)];
        _allocator = new OrtAllocator(session, device.GetMemoryInfo(OrtDeviceMemoryType.DEFAULT));
        _deviceInput = [OrtValue.CreateAllocatedTensorValue(_allocator, TensorElementType.Float, shape.InputDimensions)];
        _deviceOutput = [OrtValue.CreateAllocatedTensorValue(_allocator, TensorElementType.Float, shape.Dimensions)];
        _binding = session.CreateIoBinding();
        _binding.BindInput(ModelContract.InputName, _deviceInput[0]);
        _binding.BindOutput(ModelContract.OutputName, _deviceOutput[0]);
    }

    public void Run(InferenceSession session, RunOptions options)
    {
        // A thread's first run warms up, records, and replays: ONNX Runtime keeps graphs for each thread apart.
        var records = _oneAtATime is not null && _recordedBy != Environment.CurrentManagedThreadId;
        using var _ = records ? GraphCapture.Alone() : GraphCapture.Beside();
        Copy(_hostInput, _deviceInput);
        if (_oneAtATime is null)
        {
            session.RunWithBinding(options, _binding);
        }
        else
        {
            lock (_oneAtATime)
            {
                session.RunWithBinding(options, _binding);
            }
        }
        Copy(_deviceOutput, _hostOutput);
        _recordedBy = Environment.CurrentManagedThreadId;
    }

    // Without a stream a copy is done when the call returns.
    void Copy(OrtValue[] from, OrtValue[] to) => _environment.CopyTensors(from, to, null);

    public void Dispose()
    {
        using var _ = GraphCapture.Beside();
        _binding.Dispose();
        foreach (var value in (OrtValue[])[.. _hostInput, .. _hostOutput, .. _deviceInput, .. _deviceOutput])
        {
            value.Dispose();
        }
        _allocator.Dispose();
    }
}
