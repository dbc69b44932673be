using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Microsoft.ML.OnnxRuntime;

namespace NLCL.Runtime;

/// <summary>Makes sessions of one model on one device, all with the same settings.</summary>
sealed class SessionFactory(ModelFile model, DerainerOptions options, IDeviceProvider provider, int threads)
{
    // Names of the free dimensions, as the contract has them: [n, 3, h, w], or [n, 9, h, w] of a network that sees neighbours.
    const string Frames = "n", Height = "h", Width = "w";

    readonly OptimizedModelCache? _cache = options.CacheFolder is { } folder ? new OptimizedModelCache(folder) : null;

    // The best form that the device has not refused, and the best one whose results were compared with those of the network as written.
    volatile ConvolutionForm _best = ConvolutionForm.ChannelsLastFused, _checked = ConvolutionForm.AsWritten;

    public ModelFile Model => model;

    public IDeviceProvider Provider => provider;

    public int Threads => threads;

    /// <summary>Where tensors may stay between runs; null: on the host.</summary>
    public OrtEpDevice? Device => provider.Device(options);

    /// <summary>One session for each tile shape. On the processor one for all was as fast (DECISIONS.md).</summary>
    public bool FixesShapes => !provider.SharesHostMemory;

    /// <summary>Kernels are recorded once and replayed; needs fixed shapes and tensors that stay where they are.</summary>
    public bool CapturesGraphs => options.CudaGraph && provider.Kind == DeviceKind.Cuda && Device is not null;

    /// <summary>Memory of the host for tensors.</summary>
    public NativeBuffer Allocate(int bytes)
    {
        if (provider.HostMemory(options) is not { } allocator)
        {
            return new NativeBuffer(bytes);
        }
        using var _ = GraphCapture.Beside();
        return new NativeBuffer(bytes, allocator);
    }

    /// <summary>
    /// How convolutions are laid out: channels last where a GPU's tensor cores take half precision so. Single precision is slower so with few channels, and a
    /// network that sees neighbours was not measured. Where kernels are recorded, none is compiled.
    /// </summary>
    public ConvolutionForm FormFor(TileShape? shape)
    {
        if (provider.Kind != DeviceKind.Cuda || model.Contract.Frames > 1 || model.Contract.Precision != ModelVariants.NameOf(ModelPrecision.Fp16))
        {
            return ConvolutionForm.AsWritten;
        }
        var best = shape is { Compiles: true } && !options.CudaGraph ? ConvolutionForm.ChannelsLastFused : ConvolutionForm.ChannelsLast;
        return best < _best ? best : _best;
    }

    /// <param name="shape">The one shape that will run, or null: any.</param>
    /// <exception cref="OnnxRuntimeException">The model or the device is refused.</exception>
    [SuppressMessage("Reliability", "CA2000", Justification = "The caller gets the session.")]
    public InferenceSession Create(TileShape? shape = null)
    {
        using var _ = GraphCapture.Beside();
        while (FormFor(shape) is var form && form != ConvolutionForm.AsWritten)
        {
            if (TryCreate(shape, form) is { } session)
            {
                return session;
            }
            _best = form - 1;
        }
        return Create(shape, ConvolutionForm.AsWritten);
    }

    /// <returns>Null where the device refuses that form, or computes something else in it.</returns>
    [SuppressMessage("Reliability", "CA2000", Justification = "The caller gets the session.")]
    InferenceSession? TryCreate(TileShape? shape, ConvolutionForm form)
    {
        InferenceSession? session = null;
        try
        {
            session = Create(shape, form);
            if (form > _checked)
            {
                // Kernels are made when they first run, and that is when a device or its cuDNN refuses them.
                using var asWritten = Create(shape, ConvolutionForm.AsWritten);
                if (!FormCheck.GiveTheSame(asWritten, session, shape ?? FormCheck.AnyShape(model.Contract)))
                {
                    session.Dispose();
                    return null;
                }
                _checked = form;
            }
            return session;
        }
        catch (OnnxRuntimeException e) when (!MemoryShortage.Is(e))
        {
            session?.Dispose();
            return null;
        }
        catch
        {
            session?.Dispose();
            throw;
        }
    }

    InferenceSession Create(TileShape? shape, ConvolutionForm form)
    {
        if (shape is { Samples: not null } samples)
        {
            using var settings = Settings(null, form);
            if (!provider.SharesHostMemory)
            {
                // An operator that the device lacks would fetch the frame back in the middle of the run: then rather no such session.
                settings.AddSessionConfigEntry("session.disable_cpu_ep_fallback", "1");
            }
            return new InferenceSession(SampleGraph.Around(model, samples), settings);
        }
        if (_cache is null || !provider.SharesHostMemory)
        {
            using var settings = Settings(shape, form);
            return new InferenceSession(model.Content, settings);
        }
        var key = OptimizedModelCache.KeyOf(model, provider);
        if (_cache.Read(key) is { } optimized)
        {
            try
            {
                using var settings = Settings(shape, form);
                settings.GraphOptimizationLevel = GraphOptimizationLevel.ORT_DISABLE_ALL;
                return new InferenceSession(optimized, settings);
            }
            catch (OnnxRuntimeException)
            {
                // Written by another build of ONNX Runtime under the same version: made anew below.
            }
        }
        return _cache.Write(key, path =>
        {
            using var settings = Settings(shape, form);
            if (path is not null)
            {
                settings.OptimizedModelFilePath = path;
            }
            return new InferenceSession(model.Content, settings);
        });
    }

    SessionOptions Settings(TileShape? shape, ConvolutionForm form)
    {
        var settings = new SessionOptions
        {
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            IntraOpNumThreads = threads,
            InterOpNumThreads = 1,
            // One block for all that a run needs comes on top of what the first run took piece by piece: a quarter of a clip's memory, for no speed.
            EnableMemoryPattern = !provider.SharesHostMemory,
            // What matters arrives as an exception; the native log would write to the user's terminal.
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL,
        };
        try
        {
            // Spinning threads take the cores that decode and encode the neighbouring frames.
            settings.AddSessionConfigEntry("session.intra_op.allow_spinning", options.AllowSpinning ? "1" : "0");
            if (options.SharesArena)
            {
                settings.AddSessionConfigEntry("session.use_env_allocators", "1");
            }
            if (shape is { } fixedShape)
            {
                settings.AddFreeDimensionOverrideByName(Frames, fixedShape.Frames);
                settings.AddFreeDimensionOverrideByName(Height, fixedShape.Height);
                settings.AddFreeDimensionOverrideByName(Width, fixedShape.Width);
            }
            provider.Configure(settings, model, options, form);
            return settings;
        }
        catch
        {
            settings.Dispose();
            throw;
        }
    }

    internal static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
