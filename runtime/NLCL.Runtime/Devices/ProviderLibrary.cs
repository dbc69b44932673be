using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;

namespace NLCL.Runtime;

/// <summary>Loads ONNX Runtime's CUDA library into the process, once for each path.</summary>
static class ProviderLibrary
{
    static readonly Lock s_gate = new();
    static readonly Dictionary<string, (string? Problem, IReadOnlyList<OrtEpDevice> Devices)> s_loaded = new(StringComparer.Ordinal);

    static string FileName => OperatingSystem.IsWindows() ? "onnxruntime_providers_cuda.dll" : "libonnxruntime_providers_cuda.so";

    /// <summary>It came with the application.</summary>
    public static bool IsBesideProgram => Candidates().Any(File.Exists);

    /// <param name="path">The library, or null: beside the application, where packages put it.</param>
    /// <param name="devices">The GPUs that it offers.</param>
    /// <returns>Null, or why it could not be loaded, in one line.</returns>
    public static string? Load(string? path, out IReadOnlyList<OrtEpDevice> devices)
    {
        lock (s_gate)
        {
            var file = path is null ? Candidates().FirstOrDefault(File.Exists) : Path.GetFullPath(path);
            if (file is null || !File.Exists(file))
            {
                devices = [];
                return $"ONNX Runtime's CUDA library is not there ({file ?? Path.Combine(AppContext.BaseDirectory, FileName)})";
            }
            if (!s_loaded.TryGetValue(file, out var loaded))
            {
                s_loaded[file] = loaded = Register(file, $"NLCL.Cuda.{s_loaded.Count}");
            }
            devices = loaded.Devices;
            return loaded.Problem;
        }
    }

    static (string? Problem, IReadOnlyList<OrtEpDevice> Devices) Register(string file, string name)
    {
        try
        {
            var environment = OrtEnv.Instance();
            var before = environment.GetEpDevices().Count;
            environment.RegisterExecutionProviderLibrary(name, file);
            // A library that is registered twice offers its devices twice: only the new ones count.
            return (null, [.. environment.GetEpDevices().Skip(before).Where(device => device.HardwareDevice.Type == OrtHardwareDeviceType.GPU)]);
        }
        catch (Exception e) when (e is OnnxRuntimeException or DllNotFoundException or EntryPointNotFoundException)
        {
            return ($"{file} does not load: {DeviceSelection.OneLine(e.Message)}", []);
        }
    }

    static IEnumerable<string> Candidates() =>
    [
        Path.Combine(AppContext.BaseDirectory, FileName),
        Path.Combine(AppContext.BaseDirectory, "runtimes", RuntimeInformation.RuntimeIdentifier, "native", FileName),
        Path.Combine(AppContext.BaseDirectory, "runtimes", "linux-x64", "native", FileName),
    ];
}
