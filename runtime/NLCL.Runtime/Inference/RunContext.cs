using System.Globalization;
using Microsoft.ML.OnnxRuntime;

namespace NLCL.Runtime;

/// <summary>
/// What one run at a time needs: an input and an output buffer outside the managed heap, bound to the session once per tile
/// shape. Not thread-safe; <see cref="RunContextPool"/> hands each caller its own.
/// </summary>
sealed class RunContext : IDisposable
{
    static int s_graphs;

    readonly RunOptions _runOptions = new() { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };
    readonly ShapeSession _session;
    ITensorBinding? _binding;
    NativeBuffer? _input;
    NativeBuffer? _output;

    public RunContext(ShapeSession session)
    {
        _session = session;
        if (session.Factory.CapturesGraphs)
        {
            // A captured graph holds the addresses of one context's tensors, so that each has a graph of its own.
            _runOptions.AddRunConfigEntry("gpu_graph_id", Interlocked.Increment(ref s_graphs).ToString(CultureInfo.InvariantCulture));
        }
    }

    public ShapeSession Session => _session;

    public TileShape Shape { get; private set; }

    /// <summary>Planar RGB of one frame of the prepared shape, or of its window (<see cref="WindowPlanes"/>), for the caller to fill.</summary>
    public Span<float> Input(int frame) => Part(_input!, Shape.InputLength, frame);

    /// <summary>Planar RGB of one frame of the prepared shape, valid after <see cref="Run"/>.</summary>
    public Span<float> Output(int frame) => Part(_output!, Shape.Length, frame);

    public void Prepare(TileShape shape)
    {
        if (shape == Shape)
        {
            return;
        }
        Unbind();
        if (_output is null || shape.Length > _output.Floats.Length || shape.InputLength > _input!.Floats.Length)
        {
            Free();
            _input = _session.Factory.Allocate(checked(shape.InputLength * sizeof(float)));
            _output = _session.Factory.Allocate(checked(shape.Length * sizeof(float)));
        }
        _binding = _session.Bind(_input!, _output, shape);
        Shape = shape;
    }

    /// <exception cref="OperationCanceledException">The token stopped the run between two operators.</exception>
    public void Run(CancellationToken cancellationToken)
    {
        try
        {
            using (cancellationToken.UnsafeRegister(static options => ((RunOptions)options!).Terminate = true, _runOptions))
            {
                _binding!.Run(_session.Session, _runOptions);
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

    Span<float> Part(NativeBuffer buffer, int all, int frame)
    {
        var length = all / Shape.Frames;
        return buffer.Floats.Slice(frame * length, length);
    }

    void Unbind()
    {
        _binding?.Dispose();
        _binding = null;
        Shape = default;
    }

    void Free()
    {
        using var _ = GraphCapture.Beside();
        _input?.Dispose();
        _output?.Dispose();
        (_input, _output) = (null, null);
    }
}
