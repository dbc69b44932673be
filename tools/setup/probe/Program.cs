// Does each library of the published packages load and work here? What does not ends this program, and the message says why.
using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using OpenCvSharp;
using TorchSharp;

try
{
    // By name first: the loader's own words say what is missing, those of the bindings only that something is.
    NativeLibrary.Load(Beside("libOpenCvSharpExtern.so"));
    using Mat picture = new(2, 3, MatType.CV_8UC1, new OpenCvSharp.Scalar(7));
    Check("OpenCV", Cv2.Sum(picture).Val0, 42);
    Console.WriteLine($"ONNX Runtime {OrtEnv.Instance().GetVersionString()}");
    if (args.Contains("torch"))
    {
        NativeLibrary.Load(Beside("libtorch_cpu.so"));
        NativeLibrary.Load(Beside("libLibTorchSharp.so"));
        using var sum = (torch.zeros(2, 3) + 7).sum();
        Check("libtorch", sum.item<float>(), 42);
    }
    return 0;
}
catch (Exception failure)
{
    Console.WriteLine(failure);
    return 1;
}

static string Beside(string library) => Path.Combine(AppContext.BaseDirectory, library);

static void Check(string what, double actual, double expected)
{
    Console.WriteLine($"{what}: {actual}");
    if (actual != expected)
    {
        throw new InvalidOperationException($"{what} computes {actual} where {expected} is right");
    }
}
