using System.CommandLine;
using NLCL.CommandLine;
using NLCL.Runtime;

namespace NLCL.Derain;

/// <summary>nlcl benchmark: how fast a model runs here, stage by stage, beside the ceilings and beside what people run today.</summary>
static class BenchmarkCommand
{
    const string DefaultSizes = "640x480,1280x720,1920x1080,3840x2160";

    public static Command Create()
    {
        Option<string?> model = ModelOption.Create();
        Option<DeviceKind> device = new("--device", "-d") { Description = "Where to compute. auto: the CPU, then each GPU provider that works.", DefaultValueFactory = _ => DeviceKind.Auto };
        Option<ModelPrecision> precision = PrecisionOption.Create("Which variant of the model: auto measures the file that was named, and its int8 variant beside it; fp32, fp16 and int8 measure that one alone.");
        Option<int> threads = new("--threads") { Description = "CPU threads for the network; 0: one per physical core.", HelpName = "N" };
        Option<string> sizes = new("--sizes") { Description = $"Frame sizes. Default: {DefaultSizes}.", HelpName = "WxH,...", DefaultValueFactory = _ => DefaultSizes };
        Option<int> rounds = new("--rounds") { Description = "How often each contestant runs on one frame; medians are shown.", HelpName = "N", DefaultValueFactory = _ => 5 };
        Option<int> clipRounds = new("--clip-rounds") { Description = "How often each runs on a clip; 0: no clip.", HelpName = "N", DefaultValueFactory = _ => 3 };
        Option<double> seconds = new("--seconds") { Description = "How long the network should work on the clip, from which follows its number of frames.", HelpName = "N", DefaultValueFactory = _ => 10 };
        Option<bool> noPeers = new("--no-peers") { Description = "Only NLCL, without other engines." };
        Option<string?> peerModel = new("--peer-model") { Description = "What OpenCV is given: the same weights by 'nlcl export --portable'. Default: NAME.portable.onnx beside the model, else the model.", HelpName = "FILE" };
        Option<bool> json = new("--json") { Description = "JSON objects, one a line: first the machine, then each size, last the aims." };
        Option<string?> output = new("--output", "-o") { Description = "Folder to write the results into, named after the processor, as .json and .md.", HelpName = "DIR" };
        Command command = new("benchmark", "Measure each stage, clips end to end, their ceilings, and the same model in other engines, in turn.")
        {
            model, device, precision, threads, sizes, rounds, clipRounds, seconds, noPeers, peerModel, json, output,
        };
        command.SetAction((parsed, cancellation) =>
        {
            FrameSize[] frameSizes = [.. parsed.GetValue(sizes)!.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(FrameSize.Parse)];
            if (frameSizes.Length == 0) { throw new CommandException(ExitCodes.Usage, "no frame size; write --sizes WIDTHxHEIGHT."); }
            Benchmark benchmark = new(ModelOption.Resolve(parsed.GetValue(model)), parsed.GetValue(threads))
            {
                Rounds = Math.Max(parsed.GetValue(rounds), 1),
                ClipRounds = Math.Max(parsed.GetValue(clipRounds), 0),
                Seconds = Math.Clamp(parsed.GetValue(seconds), 0.01, 3600),
                WithPeers = !parsed.GetValue(noPeers),
                Precision = parsed.GetValue(precision),
                PeerModel = parsed.GetValue(peerModel),
            };
            bool asJson = parsed.GetValue(json);
            BenchmarkReport report = benchmark.Run(parsed.GetValue(device), frameSizes, new Printer(asJson), cancellation);
            Console.WriteLine(asJson ? report.Aims.ToJson().ToJsonString() : "\n" + report.Aims);
            if (parsed.GetValue(output) is { } folder) { report.Write(folder); }
            return Task.FromResult(ExitCodes.Success);
        });
        return command;
    }

    /// <summary>Prints each part as soon as it is measured: a whole benchmark takes minutes.</summary>
    sealed class Printer(bool json) : IBenchmarkListener
    {
        public void Found(BenchmarkMachine machine) => Console.WriteLine(json ? machine.ToJson().ToJsonString() : machine.ToString());

        public void Measured(SizeResult result) => Console.WriteLine(json ? result.ToJson().ToJsonString() : "\n" + result);
    }
}
