using NLCL.Runtime;
using OpenCvSharp;

namespace NLCL.Tools.Tests;

/// <summary>The README's example, as its readers copy it; <see cref="ReadmeTests"/> compares the two and runs this one.</summary>
static class ReadmeExample
{
    public static void Run()
    {
        // example: embed
        using Derainer derainer = Derainer.Open("models/nlcl.onnx");
        using Mat rainy = PictureFile.Read("tests/data/rainy.jpg");
        using Mat background = derainer.Derain(rainy);
        PictureFile.Write("clear.jpg", background);
        Console.WriteLine($"{background.Width}x{background.Height} on {derainer.Device}");
        // end of example
    }
}
