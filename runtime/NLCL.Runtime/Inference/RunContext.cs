using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace NLCL.Runtime;

/// <summary>
/// What one run at a time needs: an input and an output buffer outside the managed heap, bound to the session once per tile
/// shape. Not thread-safe; <see cref="RunContextPool"/> hands each caller its own.
/// </summary>
sealed unsafe class RunContext(InferenceSession session, bool sharesHostMemory) : IDisposable
{
    readonly RunOptions _runOptions = new() { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };
    OrtIoBinding? _binding;
    OrtValue? _inputValue;
    OrtValue? _outputValue;
    float* _input;
    float* _output;
    int _capacity;

    public int Width { get; private set; }

    public int Height { get; private set; }

    /// <summary>Planar RGB of the prepared size, for the caller to fill.</summary>
    public Span<float> Input => new(_input, 3 * Width * Height);

    /// <summary>Planar RGB of the prepared size, valid after <see cref="Run"/>.</summary>
    public ReadOnlySpan<float> Output => new(_output, 3 * Width * Height);

    public void Prepare(int width, int height)
    {
        if (width == Width && height == Height)
        {
            return;
        }
        Unbind();
        var length = checked(3 * width * height);
        if (length > _capacity)
        {
            Free();
            _input = Allocate(length);
            _output = Allocate(length);
            _capacity = length;
        }
        long[] shape = [1, 3, height, width];
        _inputValue = Bound(_input, shape, length);
        _outputValue = Bound(_output, shape, length);
        _binding = session.CreateIoBinding();
        _binding.BindInput(ModelContract.InputName, _inputValue);
        _binding.BindOutput(ModelContract.OutputName, _outputValue);
        (Width, Height) = (width, height);
    }

    /// <exception cref="OperationCanceledException">The token stopped the run between two operators.</exception>
    public void Run(CancellationToken cancellationToken)
    {
        if (!sharesHostMemory)
        {
            // The input is copied to the device when it is bound, and only then.
            _binding!.BindInput(ModelContract.InputName, _inputValue!);
        }
        try
        {
            using (cancellationToken.UnsafeRegister(static options => ((RunOptions)options!).Terminate = true, _runOptions))
            {
                session.RunWithBinding(_runOptions, _binding!);
            }
            if (!sharesHostMemory)
            {
                _binding!.SynchronizeBoundOutputs();
            }
        }
        catch (OnnxRuntimeException e) when (_runOptions.Terminate)
        {
            throw new OperationCanceledException("Deraining was cancelled.", e, cancellationToken);
        }
        finally
        {
            _runOptions.Terminate = false;
        }
    }

    public void Dispose()
    {
        Unbind();
        Free();
        _runOptions.Dispose();
    }

    void Unbind()
    {
        _binding?.Dispose();
        _inputValue?.Dispose();
        _outputValue?.Dispose();
        (_binding, _inputValue, _outputValue) = (null, null, null);
        (Width, Height) = (0, 0);
    }

    void Free()
    {
        NativeMemory.AlignedFree(_input);
        NativeMemory.AlignedFree(_output);
        _input = null;
        _output = null;
        _capacity = 0;
    }

    static float* Allocate(int length) => (float*)NativeMemory.AlignedAlloc((nuint)length * sizeof(float), 64);

    static OrtValue Bound(float* buffer, long[] shape, int length) =>
        OrtValue.CreateTensorValueWithData(
            OrtMemoryInfo.DefaultInstance, TensorElementType.Float, shape, (IntPtr)buffer, (long)length * sizeof(float));
}
