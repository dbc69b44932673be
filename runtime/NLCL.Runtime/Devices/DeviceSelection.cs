using System.Diagnostics.CodeAnalysis;
using Microsoft.ML.OnnxRuntime;

namespace NLCL.Runtime;

/// <summary>An open session together with the provider that runs it.</summary>
sealed record OpenSession(InferenceSession Session, IDeviceProvider Provider, DeviceReport Report);

/// <summary>Turns a wish for a device into an open session, or into one clear line why not.</summary>
[SuppressMessage("Reliability", "CA2000", Justification = "The session goes to the caller inside OpenSession.")]
static class DeviceSelection
{
    static readonly IDeviceProvider s_cpu = new CpuProvider();
    static readonly IDeviceProvider[] s_all = [s_cpu, new CudaProvider(), new TensorRtProvider()];

    /// <exception cref="DeviceException">The device that was asked for by name is missing or refuses.</exception>
    /// <exception cref="ModelFileException">ONNX Runtime refuses the model itself.</exception>
    public static OpenSession Open(ModelFile model, DerainerOptions options)
    {
        var environment = OrtEnv.Instance();
        var available = environment.GetAvailableProviders();
        var threads = options.Threads > 0 ? options.Threads : ProcessorCores.Count;
        DeviceReport Report(IDeviceProvider provider, string reason) =>
            new(options.Device, provider.Kind, provider.ProviderName, reason, threads, environment.GetVersionString(), available);

        if (options.Device == DeviceKind.Auto)
        {
            var (session, reason) = TryCuda(model, options, available, threads);
            return session is not null
                ? new OpenSession(session, s_all[1], Report(s_all[1], "CUDA is there and takes the model"))
                : new OpenSession(OpenCpu(model, options, threads), s_cpu, Report(s_cpu, reason));
        }
        if (options.Device == DeviceKind.Cpu)
        {
            return new OpenSession(OpenCpu(model, options, threads), s_cpu, Report(s_cpu, "asked for"));
        }
        var wanted = s_all.Single(p => p.Kind == options.Device);
        if (!available.Contains(wanted.ProviderName))
        {
            throw new DeviceException(wanted.Kind, Missing(wanted, available), wanted.Remedy);
        }
        try
        {
            return new OpenSession(Create(model, options, wanted, threads), wanted, Report(wanted, "asked for"));
        }
        catch (Exception e) when (IsNative(e))
        {
            throw new DeviceException(wanted.Kind, OneLine(e.Message), wanted.Remedy, e);
        }
    }

    static (InferenceSession? Session, string Reason) TryCuda(ModelFile model, DerainerOptions options, string[] available, int threads)
    {
        var cuda = s_all[1];
        if (!available.Contains(cuda.ProviderName))
        {
            return (null, Missing(cuda, available));
        }
        try
        {
            return (Create(model, options, cuda, threads), "");
        }
        catch (Exception e) when (IsNative(e))
        {
            return (null, $"CUDA refuses: {OneLine(e.Message)}");
        }
    }

    static InferenceSession OpenCpu(ModelFile model, DerainerOptions options, int threads)
    {
        try
        {
            return Create(model, options, s_cpu, threads);
        }
        catch (OnnxRuntimeException e)
        {
            throw new ModelFileException(
                model.Path,
                [$"ONNX Runtime {OrtEnv.Instance().GetVersionString()} refuses it (opset {model.Opset}): {OneLine(e.Message)}"],
                "Export the model again with an opset that this ONNX Runtime knows.",
                e);
        }
    }

    static InferenceSession Create(ModelFile model, DerainerOptions options, IDeviceProvider provider, int threads)
    {
        using var session = new SessionOptions
        {
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            IntraOpNumThreads = threads,
            InterOpNumThreads = 1,
            // What matters arrives as an exception; the native log would write to the user's terminal.
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL,
        };
        // Spinning threads take the cores that decode and encode the neighbouring frames.
        session.AddSessionConfigEntry("session.intra_op.allow_spinning", options.AllowSpinning ? "1" : "0");
        provider.Configure(session, options);
        return new InferenceSession(model.Content, session);
    }

    static string Missing(IDeviceProvider provider, string[] available) =>
        $"this ONNX Runtime has no {provider.ProviderName}, only {string.Join(", ", available)}";

    static bool IsNative(Exception e) => e is OnnxRuntimeException or DllNotFoundException or EntryPointNotFoundException;

    internal static string OneLine(string message) =>
        string.Join(' ', message.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).TrimEnd('.');
}
