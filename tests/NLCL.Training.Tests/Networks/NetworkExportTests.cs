using NLCL.OnnxExport;
using static TorchSharp.torch;

namespace NLCL.Training.Tests;

public sealed class NetworkExportTests
{
    public static TheoryData<string> Networks => ["lean", "lite", "three levels", "colour", "neighbours", "gated", "large kernels", "merged", "luma", "far", "shuffle", "paper"];

    [Theory]
    [MemberData(nameof(Networks))]
    public void The_file_gives_what_the_network_gives(string name)
    {
        nn.Module network = name switch
        {
            "lite" => new LeanDerainer(LeanDerainerOptions.Lite),
            "three levels" => new LeanDerainer(new() { Block = 4, CoarseBlocks = 1 }),
            "colour" => new LeanDerainer(new() { RainChannels = 3, InitialRainScale = 1 }),
            "neighbours" => new LeanDerainer(new() { Frames = 3, InitialRainScale = 1 }),
            "gated" => new LeanDerainer(new() { BlockForm = BlockForm.Gated, InitialRainScale = 1 }),
            "large kernels" => new LeanDerainer(new() { BlockForm = BlockForm.LargeKernel, InitialRainScale = 1 }),
            "merged" => new LeanDerainer(new() { BlockForm = BlockForm.Merged, InitialRainScale = 1 }),
            "luma" => new LeanDerainer(new() { Luma = true, InitialRainScale = 1 }),
            "far" => new LeanDerainer(new() { CoarseDilation = 2, InitialRainScale = 1 }),
            "shuffle" => new LeanDerainer(new() { Upsampling = Upsampling.Shuffle, InitialRainScale = 1 }),
            "paper" => new PaperDerainer(new() { Width = 8, Blocks = 2, Taps = [0] }),
            _ => new LeanDerainer(new() { InitialRainScale = 1 }),
        };
        var derainer = (IDerainer)network;
        var path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():n}.onnx");
        try
        {
            var options = new ExportOptions { InputNames = ["rainy"], OutputNames = ["background"], InputShapes = [$"n,{3 * derainer.Frames},h,w"], SizeMultiple = derainer.SizeMultiple };
            OnnxExporter.Export(network, derainer, path, options); // throws where they differ
            var report = OnnxExporter.Export(network, derainer, path, options with { FoldShuffles = false }); // folding enlarges the last kernel
            var exported = name switch
            {
                "paper" => Parameters.Count(((PaperDerainer)network).Background),
                // Merged blocks are plain ones in the file.
                "merged" => Parameters.Count(new LeanDerainer()),
                _ => Parameters.Count(network),
            };
            Assert.InRange(report.Parameters, exported, exported + 32); // and constants: scalars, the weights that a norm does without
            Assert.Equal(report.Bytes, new FileInfo(path).Length);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
