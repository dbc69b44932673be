using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NLCL;

/// <summary>
/// Keeps ONNX Runtime from reporting. The published builds for Linux and macOS from 1.29 on write an identifier of the device and a database of events under
/// the user's cache folder, and send them to Microsoft, unless <c>ORT_DISABLE_TELEMETRY</c> says no before the library starts.
/// </summary>
/// <remarks>
/// Source: ONNX Runtime's docs/Privacy.md and pull requests 27379 and 29843. Compiled into each assembly that opens sessions, so that none can be first to
/// forget it. A value that the user or the application has set stays, 0 as well.
/// </remarks>
static partial class OnnxRuntimeTelemetry
{
    [ModuleInitializer]
    [SuppressMessage("Usage", "CA2255", Justification = "It must come before any session, whoever opens it; calling it twice does no harm.")]
    internal static void TurnOff()
    {
        if (OperatingSystem.IsWindows())
        {
            return; // There it is a matter of the system's own tracing.
        }

        // .NET's own variables are a copy that native code does not see.
        _ = SetVariable("ORT_DISABLE_TELEMETRY", "1", overwrite: 0);
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetVariable(string name, string value, int overwrite);
}
