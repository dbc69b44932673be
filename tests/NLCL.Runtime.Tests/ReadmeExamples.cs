using OpenCvSharp;

namespace NLCL.Runtime.Tests;

/// <summary>The examples of runtime/README.md, as their readers copy them; <see cref="ReadmeTests"/> compares and runs them.</summary>
static class ReadmeExamples
{
    public static void Photo()
    {
        // example: photo
        using Derainer derainer = Derainer.Open("models/nlcl.onnx");      // ModelFileException, DeviceException
        using Mat rainy = PictureFile.Read("tests/data/rainy.jpg");       // PictureFileException
        using Mat background = derainer.Derain(rainy);
        PictureFile.Write("clear.jpg", background, new() { MetadataFrom = "tests/data/rainy.jpg" });
        Console.WriteLine(derainer.Device);                               // which device, and why
        // end of example
    }

    public static void Frames(nint camera, byte[] decoded, CancellationToken stop)
    {
        // example: frames
        using Derainer derainer = Derainer.Open("models/nlcl.onnx", new() { Device = DeviceKind.Cpu, Threads = 2 });
        FrameFormat format = new(64, 48, PixelFormat.Nv12) { Stride = 128 };
        derainer.Derain(camera, camera, format, cancellationToken: stop);   // an address, in place
        derainer.Derain(decoded, decoded, format with { Stride = 0 }, frames: 4, stop);   // four frames at once
        // end of example
    }

    public static void Rows()
    {
        // example: rows
        using Derainer derainer = Derainer.Open("models/nlcl.onnx", new() { MaxBandBytes = 64 << 20 });
        FrameFormat format = new(20_000, 90, PixelFormat.Bgr24);
        using FileStream rainy = File.OpenRead("rainy.raw"), clear = File.Create("clear.raw");
        derainer.DerainRows(format, (_, rows) => rainy.ReadExactly(rows), (_, rows) => clear.Write(rows));
        // end of example
    }
}
