using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace NLCL.Runtime;

/// <summary>
/// The host's buffers bound as they are. A device that shares the host's memory works in them; any other gets the input copied
/// when it is bound, and only then, so that it is bound before every run.
/// </summary>
sealed unsafe class HostBinding : ITensorBinding
{
    readonly bool _sharesHostMemory;
    readonly OrtValue _input;
    readonly OrtValue _output;
    readonly OrtIoBinding _binding;

    public HostBinding(InferenceSession session, bool sharesHostMemory, NativeBuffer input, NativeBuffer output, TileShape shape)
    {
        _sharesHostMemory = sharesHostMemory;
        _input = Tensor(input, shape.InputDimensions);
        _output = Tensor(output, shape.Dimensions);
        _binding = session.CreateIoBinding();
        _binding.BindInput(ModelContract.InputName, _input);
        _binding.BindOutput(ModelContract.OutputName, _output);
    }

    public void Run(InferenceSession session, RunOptions options)
    {
        if (!_sharesHostMemory)
        {
            _binding.BindInput(ModelContract.InputName, _input);
        }
        session.RunWithBinding(options, _binding);
        if (!_sharesHostMemory)
        {
            _binding.SynchronizeBoundOutputs();
        }
    }

    public void Dispose()
    {
        _binding.Dispose();
        _input.Dispose();
        _output.Dispose();
    }

    /// <summary>The beginning of the buffer as a tensor of floats; the buffer must outlive it.</summary>
    public static OrtValue Tensor(NativeBuffer buffer, long[] dimensions)
    {
        var bytes = sizeof(float) * dimensions[0] * dimensions[1] * dimensions[2] * dimensions[3];
        fixed (byte* memory = buffer.Bytes)
        {
            // Memory outside the collected heap does not move: the address stays good after this block.
            return OrtValue.CreateTensorValueWithData(
                OrtMemoryInfo.DefaultInstance, TensorElementType.Float, dimensions, (nint)memory, bytes);
        }
    }
}
