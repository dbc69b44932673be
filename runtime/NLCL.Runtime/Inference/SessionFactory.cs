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

    volatile bool _refusesFused;

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
    /// How convolutions are laid out: channels last where a GPU's tensor cores take half precision so. (Single precision and few channels are slower so on
    /// the same cores.) Where kernels are recorded, none is compiled.
    /// </summary>
    public ConvolutionForm FormFor(TileShape? shape) =>
        provider.Kind != DeviceKind.Cuda || model.Contract.Precision != ModelVariants.NameOf(ModelPrecision.Fp16) ? ConvolutionForm.AsWritten
        : shape is { OfClip: true } && !options.CudaGraph && !_refusesFused ? ConvolutionForm.ChannelsLastFused
        : ConvolutionForm.ChannelsLast;

    /// <param name="shape">The one shape that will run, or null: any.</param>
    /// <exception cref="OnnxRuntimeException">The model or the device is refused.</exception>
    [SuppressMessage("Reliability", "CA2000", Justification = "The caller gets the session.")]
    public InferenceSession Create(TileShape? shape = null)
    {
        using var _ = GraphCapture.Beside();
        var form = FormFor(shape);
        var session = Create(shape, form);
        if (form != ConvolutionForm.ChannelsLastFused)
        {
            return session;
        }
        try
        {
            // Such kernels are compiled when they first run, and that is when a device or its cuDNN refuses them.
            Try(session, shape!.Value);
            return session;
        }
        catch (OnnxRuntimeException e) when (!MemoryShortage.Is(e))
        {
            session.Dispose();
            _refusesFused = true;
            return Create(shape, FormFor(shape));
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    static void Try(InferenceSession session, TileShape shape)
    {
        var (from, to) = (shape.InputTensor, shape.OutputTensor);
        using var black = OrtValue.CreateAllocatedTensorValue(OrtAllocator.DefaultInstance, from.Type, from.Dimensions);
        black.GetTensorMutableRawData().Clear();
        using var settings = new RunOptions { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };
        using var results = session.Run(settings, [from.Name], [black], [to.Name]);
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
