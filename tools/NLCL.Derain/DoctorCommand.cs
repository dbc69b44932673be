using System.CommandLine;
using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using NLCL.CommandLine;
using NLCL.Runtime;
using OpenCvSharp;

namespace NLCL.Derain;

/// <summary>nlcl doctor: what was found on this machine, so that a report of trouble can start with facts.</summary>
static class DoctorCommand
{
    public static Command Create()
    {
        Command command = new("doctor", "Show stack, versions, native libraries, devices, ffmpeg, cores, GPU; check that a model runs.");
        command.SetAction(_ =>
        {
            Print("NLCL", Version());
            Print("stack", Stack());
            Print(".NET", $"{RuntimeInformation.FrameworkDescription} on {RuntimeInformation.OSDescription} {RuntimeInformation.ProcessArchitecture}");
            Print("cores", $"{Environment.ProcessorCount} logical; {CpuName()}");
            Print("memory", $"{GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (1 << 20)} MiB");
            Check("ONNX Runtime", () => $"{OrtEnv.Instance().GetVersionString()}, providers {string.Join(' ', OrtEnv.Instance().GetAvailableProviders())}");
            Check("OpenCV", () => Cv2.GetVersionString() ?? "unknown");
            Check("ffmpeg", () => FirstLine("ffmpeg", "-version"));
            Check("GPU", () => FirstLine("nvidia-smi", "--query-gpu=name,driver_version,memory.total", "--format=csv,noheader"), required: false);
            foreach (string library in LoadedLibraries()) { Print("loaded", library); }
            bool works = Check("model", RunModel);
            Check("precision", Precision);
            return works ? ExitCodes.Success : ExitCodes.Model;
        });
        return command;
    }

    static string RunModel()
    {
        string path = ModelOption.Resolve(null);
        using Derainer derainer = Derainer.Open(path);
        using Mat grey = new(64, 96, MatType.CV_8UC3, new Scalar(128, 128, 128));
        using Mat background = derainer.Derain(grey);
        return $"{path} ({derainer.Contract.Name}) runs on {derainer.Device}";
    }

    /// <summary>Which variant of the default model 'derain' takes here when it is not told, and why.</summary>
    static string Precision()
    {
        using Derainer derainer = Derainer.Open(ModelOption.Resolve(null));
        return $"auto takes {derainer.Device.Precision} ({derainer.Model.Path}): {derainer.Device.PrecisionReason}";
    }

    static string Version() => typeof(DoctorCommand).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    static string Stack() => typeof(DoctorCommand).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().FirstOrDefault(pair => pair.Key == "Stack")?.Value ?? "unknown";

    /// <summary>The processor, as the system names it.</summary>
    public static string CpuName()
    {
        const string File = "/proc/cpuinfo";
        string? line = System.IO.File.Exists(File) ? System.IO.File.ReadLines(File).FirstOrDefault(text => text.StartsWith("model name", StringComparison.Ordinal)) : null;
        return line?.Split(':', 2)[1].Trim() ?? RuntimeInformation.ProcessArchitecture.ToString();
    }

    /// <summary>Paths of the native libraries that matter, as this process has them.</summary>
    static IEnumerable<string> LoadedLibraries()
    {
        using Process self = Process.GetCurrentProcess();
        return [.. self.Modules.Cast<ProcessModule>()
            .Select(module => module.FileName)
            .Where(file => Path.GetFileName(file) is var name && (name.Contains("onnxruntime", StringComparison.Ordinal) || name.Contains("nlcl_", StringComparison.Ordinal)
                || name.Contains("OpenCvSharpExtern", StringComparison.Ordinal) || name.StartsWith("libopencv_core", StringComparison.Ordinal)))
            .Where(file => !file.EndsWith(".dll", StringComparison.Ordinal))
            .Distinct()
            .Order(StringComparer.Ordinal)];
    }

    static string FirstLine(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        string line = process.StandardOutput.ReadLine() ?? "no output";
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return line;
    }

    static bool Check(string what, Func<string> find, bool required = true)
    {
        try
        {
            Print(what, find());
            return true;
        }
#pragma warning disable CA1031 // A doctor reports whatever is wrong and goes on.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            Print(what, required ? $"NOT WORKING: {failure.Message}" : "none");
            return false;
        }
    }

    static void Print(string what, string found) => Console.WriteLine($"{what,-14} {found}");
}
