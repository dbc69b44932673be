using System.Diagnostics;
using NLCL.Runtime;
using OpenCvSharp;

namespace NLCL.Derain;

/// <summary>The other engines that this machine has, and a line for each that it has not.</summary>
sealed class Peers : IDisposable
{
    readonly List<IPeer> _all = [];
    readonly List<string> _absent = [];

    readonly List<string> _files = [];

    /// <param name="derainer">Whose model and threads they have, too.</param>
    /// <param name="portable">The same weights for engines that do not know all of the model's operations.</param>
    /// <param name="size">Of the frames.</param>
    public Peers(Derainer derainer, ModelFile portable, FrameSize size)
    {
        int threads = derainer.Device.Threads;
        _all.Add(new TutorialLoop(derainer.Model.Path, threads));
        _files.Add($"{_all[^1].Name} runs {Path.GetFileName(derainer.Model.Path)}");
        if (size.Pixels > OpenCvLoop.MostPixels) { _absent.Add($"OpenCV DNN: left out above {OpenCvLoop.MostPixels / 1e6:0} megapixels, where OpenCV 4.6 crashes the process"); }
        else { AddOpenCv(derainer, portable, size, threads); }
        _absent.Add($"FFmpeg dnn_processing: {WithoutOnnx()}");
    }

    void AddOpenCv(Derainer derainer, ModelFile portable, FrameSize size, int threads)
    {
        try
        {
            OpenCvLoop openCv = new(portable, size, threads);
            _all.Add(openCv);
            _files.Add($"{openCv.Name} runs {Path.GetFileName(portable.Path)} (SHA-256 {portable.Sha256[..12]}…), at most {PeerDifference.Levels(derainer, openCv, size)} levels of 255 from NLCL's result");
        }
        catch (OpenCVException failure) { _absent.Add($"OpenCV DNN: OpenCV {Cv2.GetVersionString()} cannot run the model ({string.Join(' ', failure.Message.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).TrimStart('>', ' ')})"); }
    }

    public IReadOnlyList<IPeer> All => _all;

    /// <summary>Which file each runs, and whether it computes the same.</summary>
    public IReadOnlyList<string> Files => _files;

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
