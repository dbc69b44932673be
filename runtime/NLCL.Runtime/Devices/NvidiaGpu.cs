namespace NLCL.Runtime;

/// <summary>Whether there is an NVIDIA GPU at all. Asked before its libraries are loaded, some hundreds of megabytes that most machines carry in vain.</summary>
static class NvidiaGpu
{
    /// <summary>Null where there may be one, otherwise why not.</summary>
    public static string? Missing() =>
        !OperatingSystem.IsLinux() || File.Exists("/dev/dxg") || Directory.EnumerateFiles("/dev", "nvidia?").Any(device => char.IsAsciiDigit(device[^1]))
            ? null
            : "this machine has no NVIDIA GPU (no /dev/nvidia0)";
}
