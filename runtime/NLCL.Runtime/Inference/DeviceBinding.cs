using System.Diagnostics.CodeAnalysis;
using Microsoft.ML.OnnxRuntime;

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
    readonly TensorLayout _inputLayout;
    readonly TensorLayout _outputLayout;
    readonly Dictionary<NativeBuffer, (OrtValue[] Input, OrtValue[] Output)> _inPlace = [];
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
        var (from, to) = (_inputLayout, _outputLayout) = (shape.InputTensor, shape.OutputTensor);
        _hostInput = [HostBinding.Tensor(input.Bytes[..shape.InputBytes], from)];
        _hostOutput = [HostBinding.Tensor(output.Bytes[..shape.OutputBytes], to)];
        _allocator = new OrtAllocator(session, device.GetMemoryInfo(OrtDeviceMemoryType.DEFAULT));
        _deviceInput = [OrtValue.CreateAllocatedTensorValue(_allocator, from.Type, from.Dimensions)];
        _deviceOutput = [OrtValue.CreateAllocatedTensorValue(_allocator, to.Type, to.Dimensions)];
        _binding = session.CreateIoBinding();
        _binding.BindInput(from.Name, _deviceInput[0]);
        _binding.BindOutput(to.Name, _deviceOutput[0]);
    }

    public void Run(InferenceSession session, RunOptions options) => Run(session, options, _hostInput, _hostOutput);

    [SuppressMessage("Reliability", "CA2000", Justification = "The dictionary owns the tensors; Dispose disposes of them.")]
    public void RunInPlace(InferenceSession session, RunOptions options, NativeBuffer samples)
    {
        // A clip has a few buffers that go round.
        if (!_inPlace.TryGetValue(samples, out var host))
        {
            host = ([HostBinding.Tensor(samples.Bytes, _inputLayout)], [HostBinding.Tensor(samples.Bytes, _outputLayout)]);
            _inPlace.Add(samples, host);
        }
        Run(session, options, host.Input, host.Output);
    }

    void Run(InferenceSession session, RunOptions options, OrtValue[] hostInput, OrtValue[] hostOutput)
    {
        // A thread's first run warms up, records, and replays: ONNX Runtime keeps graphs for each thread apart.
        var records = _oneAtATime is not null && _recordedBy != Environment.CurrentManagedThreadId;
        using var _ = records ? GraphCapture.Alone() : GraphCapture.Beside();
        Copy(hostInput, _deviceInput);
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
        Copy(_deviceOutput, hostOutput);
        _recordedBy = Environment.CurrentManagedThreadId;
    }

    // Without a stream a copy is done when the call returns.
    void Copy(OrtValue[] from, OrtValue[] to) => _environment.CopyTensors(from, to, null);

    public void Dispose()
    {
        using var _ = GraphCapture.Beside();
        _binding.Dispose();
        foreach (var value in (OrtValue[])[.. _hostInput, .. _hostOutput, .. _deviceInput, .. _deviceOutput, .. _inPlace.Values.SelectMany(host => host.Input.Concat(host.Output))])
        {
            value.Dispose();
        }
        _allocator.Dispose();
    }
}
