using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NLCL.Runtime;
using OpenCvSharp;

namespace NLCL.Derain;

/// <summary>What the figures of a benchmark belong to.</summary>
/// <param name="Gpu">Its name, where the first figures are a GPU's.</param>
/// <param name="Processor">Its name.</param>
/// <param name="Cores">That this process may use.</param>
/// <param name="Threads">Of the network.</param>
/// <param name="ConvolutionGflops">What ONNX Runtime convolves here at best.</param>
/// <param name="Model">Its name.</param>
/// <param name="Sha256">Of the model file.</param>
/// <param name="MultiplyAddsPerPixel">Of the network.</param>
/// <param name="Versions">Of what takes part, by name.</param>
sealed partial record BenchmarkMachine(
    string? Gpu, string Processor, int Cores, int Threads, double ConvolutionGflops, string Model, string Sha256, double MultiplyAddsPerPixel, IReadOnlyList<(string Name, string Version)> Versions)
{
    /// <summary>Name of the results' files: the GPU, or processor and threads; in small letters.</summary>
    public string FileName => NotInNames().Replace((Gpu ?? $"{Processor} x{Threads}").ToLowerInvariant(), "-").Trim('-');

    const string DriverFolder = "/proc/driver/nvidia/gpus";

    public static BenchmarkMachine Describe(Derainer derainer, double convolutionGflops, double multiplyAdds) => new(
        derainer.Device.Chosen == DeviceKind.Cpu ? null : GpuName(), DoctorCommand.CpuName(), Environment.ProcessorCount, derainer.Device.Threads, convolutionGflops, derainer.Contract.Name, derainer.Model.Sha256, multiplyAdds,
        [
            ("NLCL", typeof(BenchmarkMachine).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown"),
            (".NET", Environment.Version.ToString()),
            ("ONNX Runtime", derainer.Device.RuntimeVersion),
            ("OpenCV", Cv2.GetVersionString() ?? "unknown"),
            ("ffmpeg", FfmpegVersion()),
            ("system", RuntimeInformation.OSDescription),
        ]);

    public JsonObject ToJson()
    {
        JsonObject versions = [];
        foreach ((string name, string version) in Versions) { versions[name] = version; }
        return new()
        {
            ["event"] = "machine",
            ["gpu"] = Gpu,
            ["processor"] = Processor,
            ["cores"] = Cores,
            ["threads"] = Threads,
            ["convolutionGflops"] = Math.Round(ConvolutionGflops, 1),
            ["model"] = Model,
            ["sha256"] = Sha256,
            ["multiplyAddsPerPixel"] = Math.Round(MultiplyAddsPerPixel),
            ["versions"] = versions,
        };
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"""
        {(Gpu is null ? "" : Gpu + " beside ")}{Processor}, {Cores} cores, {Threads} {(Threads == 1 ? "thread" : "threads")} for the network; {string.Join(", ", Versions.Select(version => $"{version.Name} {version.Version}"))}
        {Model}: {MultiplyAddsPerPixel:#,0} multiply-adds per pixel; eight 32-channel 3x3 convolutions run at {ConvolutionGflops:0} GFLOP/s here
        Medians of rounds in which the contestants take turns.
        """);

    /// <summary>As the driver has it (proc file of the NVIDIA kernel module, line "Model:").</summary>
    static string GpuName() =>
        (Directory.Exists(DriverFolder) ? Directory.EnumerateDirectories(DriverFolder) : [])
            .Select(folder => Path.Combine(folder, "information")).Where(File.Exists)
            .SelectMany(File.ReadLines).FirstOrDefault(line => line.StartsWith("Model:", StringComparison.Ordinal))?["Model:".Length..].Trim() ?? "GPU";

    static string FfmpegVersion()
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo("ffmpeg", ["-version"]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            string text = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return text.Split(' ') is [_, _, var version, ..] ? version : "unknown";
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return "none";
        }
    }

    [GeneratedRegex("[^a-z0-9]+")]
    private static partial Regex NotInNames();
}
