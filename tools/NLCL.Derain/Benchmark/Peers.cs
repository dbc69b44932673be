using System.Diagnostics;
using NLCL.Runtime;
using OpenCvSharp;

namespace NLCL.Derain;

/// <summary>The other engines that this machine has, and a line for each that it has not.</summary>
sealed class Peers : IDisposable
{
    readonly List<IPeer> _all = [];
    readonly List<string> _absent = [];

    public Peers(ModelFile model, FrameSize size, int threads)
    {
        _all.Add(new TutorialLoop(model.Path, threads));
        try { _all.Add(new OpenCvLoop(model, size, threads)); }
        catch (OpenCVException failure) { _absent.Add($"OpenCV DNN: OpenCV {Cv2.GetVersionString()} cannot run the model ({string.Join(' ', failure.Message.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).TrimStart('>', ' ')})"); }
        _absent.Add($"FFmpeg dnn_processing: {WithoutOnnx()}");
    }

    public IReadOnlyList<IPeer> All => _all;

    /// <summary>Who does not take part, and why.</summary>
    public IReadOnlyList<string> Absent => _absent;

    public void Dispose()
    {
        foreach (IPeer peer in _all) { peer.Dispose(); }
    }

    /// <summary>
    /// FFmpeg's filter reads its own format, TensorFlow's, OpenVINO's and TorchScript, each where it was built in; ONNX only by
    /// way of OpenVINO, for one input of fixed names.
    /// </summary>
    static string WithoutOnnx()
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo("ffmpeg", ["-hide_banner", "-h", "filter=dnn_processing"]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            string help = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return !help.Contains("dnn_backend", StringComparison.Ordinal) ? "this ffmpeg has no such filter"
                : help.Contains("openvino", StringComparison.Ordinal) ? "this ffmpeg has the OpenVINO back end; not measured here"
                : "this ffmpeg has no back end that reads ONNX";
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return "no ffmpeg here";
        }
    }
}
