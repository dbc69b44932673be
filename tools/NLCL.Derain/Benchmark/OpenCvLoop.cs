using Microsoft.ML.OnnxRuntime;
using NLCL.Runtime;
using OpenCvSharp;
using OpenCvSharp.Dnn;

namespace NLCL.Derain;

/// <summary>The same model in OpenCV's network module, conversions by OpenCV too.</summary>
sealed class OpenCvLoop : IPeer
{
    /// <summary>A frame of 3840x2160 ended in a segmentation fault inside libopencv_dnn 4.6; 1920x1080 runs.</summary>
    public const long MostPixels = 4_000_000;

    readonly Net _net;

    /// <exception cref="OpenCVException">This OpenCV cannot read the model, or cannot run it: 4.6 lacks SpaceToDepth.</exception>
    public OpenCvLoop(ModelFile model, FrameSize size, int threads)
    {
        Cv2.SetNumThreads(threads);
        using IDisposable hushed = NativeChatter.Hush();
        _net = CvDnn.ReadNetFromOnnx(WithFixedSize(model.Path, size)) ?? throw new OpenCVException("OpenCV reads no network from the model");
        _net.SetPreferableBackend(Backend.OPENCV);
        byte[] black = new byte[3 * size.Pixels];
        Run(black, black, size.Width, size.Height);
    }

    public string Name => "OpenCV DNN";

    public void Run(byte[] rainy, byte[] background, int width, int height)
    {
        using Mat frame = Mat.FromPixelData(height, width, MatType.CV_8UC3, rainy);
        using Mat blob = CvDnn.BlobFromImage(frame, 1 / 255.0, swapRB: true);
        _net.SetInput(blob);
        using Mat result = _net.Forward();
        using Mat flat = result.Reshape(1, 1);
        flat.GetArray(out float[] planar);
        int plane = width * height;
        using Mat red = Mat.FromPixelData(height, width, MatType.CV_32FC1, planar[..plane]);
        using Mat green = Mat.FromPixelData(height, width, MatType.CV_32FC1, planar[plane..(2 * plane)]);
        using Mat blue = Mat.FromPixelData(height, width, MatType.CV_32FC1, planar[(2 * plane)..]);
        using Mat merged = new();
        Cv2.Merge([blue, green, red], merged);
        using Mat packed = Mat.FromPixelData(height, width, MatType.CV_8UC3, background);
        merged.ConvertTo(packed, MatType.CV_8UC3, 255);
    }

    public void Dispose() => _net.Dispose();

    /// <summary>Before 4.7 OpenCV cannot rearrange channels where height and width are free; ONNX Runtime writes the model with both fixed.</summary>
    static byte[] WithFixedSize(string model, FrameSize size)
    {
        string path = Path.Combine(Path.GetTempPath(), $"nlcl-fixed-{Guid.NewGuid():N}.onnx");
        using SessionOptions options = new() { GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_BASIC, OptimizedModelFilePath = path };
        options.AddFreeDimensionOverrideByName("n", 1);
        options.AddFreeDimensionOverrideByName("h", size.Height);
        options.AddFreeDimensionOverrideByName("w", size.Width);
        try
        {
            new InferenceSession(model, options).Dispose();
            return File.ReadAllBytes(path);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
