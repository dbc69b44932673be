using Microsoft.ML.OnnxRuntime;

namespace NLCL.Runtime;

/// <summary>
/// The host's buffers bound as they are. A device that shares the host's memory works in them; any other gets the input copied
/// when it is bound, and only then, so that it is bound before every run.
/// </summary>
sealed unsafe class HostBinding : ITensorBinding
{
    readonly bool _sharesHostMemory;
    readonly string _inputName;
    readonly NativeBuffer _inputBuffer;
    readonly NativeBuffer _outputBuffer;
    readonly OrtValue _input;
    readonly OrtValue _output;
    readonly OrtIoBinding _binding;

    public HostBinding(InferenceSession session, bool sharesHostMemory, NativeBuffer input, NativeBuffer output, TileShape shape)
    {
        _sharesHostMemory = sharesHostMemory;
        (_inputBuffer, _outputBuffer) = (input, output);
        var (from, to) = (shape.InputTensor, shape.OutputTensor);
        _inputName = from.Name;
        _input = Tensor(input.Bytes[..shape.InputBytes], from);
        _output = Tensor(output.Bytes[..shape.OutputBytes], to);
        _binding = session.CreateIoBinding();
        _binding.BindInput(from.Name, _input);
        _binding.BindOutput(to.Name, _output);
    }

    public void Run(InferenceSession session, RunOptions options)
    {
        if (!_sharesHostMemory)
        {
            _binding.BindInput(_inputName, _input);
        }
        session.RunWithBinding(options, _binding);
        if (!_sharesHostMemory)
        {
            _binding.SynchronizeBoundOutputs();
        }
    }

    public void RunInPlace(InferenceSession session, RunOptions options, NativeBuffer samples)
    {
        samples.Bytes.CopyTo(_inputBuffer.Bytes);
        Run(session, options);
        _outputBuffer.Bytes[..samples.Bytes.Length].CopyTo(samples.Bytes);
    }

    public void Dispose()
    {
        _binding.Dispose();
        _input.Dispose();
        _output.Dispose();
    }

    /// <summary>Memory outside the collected heap as a tensor; it must outlive it.</summary>
    public static OrtValue Tensor(Span<byte> native, TensorLayout layout)
    {
        fixed (byte* memory = native)
        {
            // Such memory does not move: the address stays good after this block.
            return OrtValue.CreateTensorValueWithData(OrtMemoryInfo.DefaultInstance, layout.Type, layout.Dimensions, (nint)memory, native.Length);
        }
    }
}
