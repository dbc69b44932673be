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

    /// <summary>Planar RGB of one frame of the prepared shape, or its rain layer, valid after <see cref="Run"/>.</summary>
    public Span<float> Output(int frame) => Part(_output!, Shape.OutputLength, frame);

    /// <summary>The samples of a frame, for the caller to fill, where the prepared shape has them.</summary>
    public Span<byte> Samples => _input!.Bytes[..Shape.InputBytes];

    /// <summary>The samples of its background, valid after <see cref="Run"/>.</summary>
    public Span<byte> BackgroundSamples => _output!.Bytes[..Shape.OutputBytes];

    public void Prepare(TileShape shape)
    {
        if (shape == Shape)
        {
            return;
        }
        Unbind();
        if (_output is null || shape.OutputBytes > _output.Bytes.Length || shape.InputBytes > _input!.Bytes.Length)
        {
            Free();
            _input = _session.Factory.Allocate(shape.InputBytes);
            _output = _session.Factory.Allocate(shape.OutputBytes);
        }
        _binding = _session.Bind(_input!, _output, shape);
        Shape = shape;
    }

    /// <exception cref="OperationCanceledException">The token stopped the run between two operators.</exception>
    public void Run(CancellationToken cancellationToken) => RunOn(null, cancellationToken);

    /// <summary>The same on a buffer of the caller's, as large as <see cref="Samples"/>, which then has the background: nothing is copied but by the device.</summary>
    public void RunInPlace(NativeBuffer samples, CancellationToken cancellationToken) => RunOn(samples, cancellationToken);

    void RunOn(NativeBuffer? inPlace, CancellationToken cancellationToken)
    {
        try
        {
            using (cancellationToken.UnsafeRegister(static options => ((RunOptions)options!).Terminate = true, _runOptions))
            {
                if (inPlace is null)
                {
                    _binding!.Run(_session.Session, _runOptions);
                }
                else
                {
                    _binding!.RunInPlace(_session.Session, _runOptions, inPlace);
                }
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
