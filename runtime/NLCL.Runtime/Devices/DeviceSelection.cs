using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using Microsoft.ML.OnnxRuntime;

namespace NLCL.Runtime;

/// <summary>An open session together with what made it.</summary>
sealed record OpenSession(ShapeSession Session, SessionFactory Factory, DeviceReport Report);

/// <summary>Turns a wish for a device into an open session, or into one clear line why not.</summary>
[SuppressMessage("Reliability", "CA2000", Justification = "The session goes to the caller inside OpenSession.")]
static partial class DeviceSelection
{
    static readonly CpuProvider s_cpu = new();

    // Of several ways to one device, the first that is there: tensors that live on it come before tensors that are copied.
    static readonly IDeviceProvider[] s_devices = [new CudaPluginProvider(), new CudaProvider(), new TensorRtProvider()];

    /// <exception cref="DeviceException">The device that was asked for by name is missing or refuses.</exception>
    /// <exception cref="ModelFileException">ONNX Runtime refuses the model itself, or the precision that was asked for is not there.</exception>
    public static OpenSession Open(ModelVariants model, DerainerOptions options)
    {
        if (options.Device == DeviceKind.Cpu)
        {
            return OpenCpu(model, options, "asked for");
        }
        var wanted = options.Device == DeviceKind.Auto ? DeviceKind.Cuda : options.Device;
        var (opened, provider, problem, cause) = Try(wanted, model, options);
        if (opened is not null)
        {
            return opened;
        }
        if (options.Device == DeviceKind.Auto || options.FallBackToCpu)
        {
            return OpenCpu(model, options, problem);
        }
        throw new DeviceException(wanted, problem, provider.Remedy, cause);
    }

    static (OpenSession? Opened, IDeviceProvider Provider, string Problem, Exception? Cause) Try(DeviceKind kind, ModelVariants model, DerainerOptions options)
    {
        var ways = s_devices.Where(provider => provider.Kind == kind).ToArray();
        var absences = ways.Select(provider => provider.Absence(options)).ToArray();
        var present = Array.FindIndex(absences, absence => absence is null);
        if (present < 0)
        {
            return (null, ways[0], string.Join("; ", absences.Distinct()), null);
        }
        var chosen = ways[present];
        try
        {
            var why = options.Device == DeviceKind.Auto ? $"{kind} is there and takes the model" : "asked for";
            return (Create(model, options, chosen, why), chosen, "", null);
        }
        catch (Exception e) when (e is OnnxRuntimeException or DllNotFoundException or EntryPointNotFoundException)
        {
            return (null, chosen, $"{kind} refuses: {OneLine(e.Message)}", e);
        }
    }

    static OpenSession OpenCpu(ModelVariants model, DerainerOptions options, string reason)
    {
        try
        {
            return Create(model, options, s_cpu, reason);
        }
        catch (OnnxRuntimeException e)
        {
            throw new ModelFileException(
                model.Named.Path,
                [$"ONNX Runtime {OrtEnv.Instance().GetVersionString()} refuses it (opset {model.Named.Opset}): {OneLine(e.Message)}"],
                "Export the model again with an opset that this ONNX Runtime knows.",
                e);
        }
    }

    static OpenSession Create(ModelVariants variants, DerainerOptions options, IDeviceProvider provider, string reason)
    {
        var (model, why) = variants.For(provider.Kind, options.Precision);
        model = (options.Mirrored ? model.Mirrored() : model).AtScale(options.Scale);
        var threads = options.Threads > 0 ? options.Threads : ProcessorCores.Count;
        var factory = new SessionFactory(model, options, provider, threads);
        var session = new ShapeSession(factory, factory.Create());
        var environment = OrtEnv.Instance();
        var report = new DeviceReport(
            options.Device, provider.Kind, provider.ProviderName, reason, threads, environment.GetVersionString(), environment.GetAvailableProviders())
        {
            Precision = model.Contract.Precision,
            PrecisionReason = why,
        };
        return new OpenSession(session, factory, report);
    }

    /// <summary>What ONNX Runtime has to say, without its source file's name, function and codes.</summary>
    internal static string OneLine(string message)
    {
        var line = string.Join(' ', message.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).TrimEnd('.');
        return OnnxRuntimePreamble().Replace(line, "");
    }

    // "[ErrorCode:Fail] /source/file.cc:2043 Function() [ONNXRuntimeError] : 1 : FAIL : what it has to say"
    [GeneratedRegex(@"^(\[ErrorCode:\w+\] )?(/.*?\[ONNXRuntimeError\] : \d+ : \w+ : )?")]
    private static partial Regex OnnxRuntimePreamble();
}
