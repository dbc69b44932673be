using System.CommandLine;
using NLCL.CommandLine;
using NLCL.Train;

Command root = CommandProgram.CreateRoot("""
    NLCL learns to take rain out of photos and video.

    Start here:
      nlcl train --preset lean --rainy RAINY --clean CLEAN --output RUN
      nlcl export RUN --output MODEL.onnx
    """);
root.Add(TrainCommand.Create());
root.Add(ExportCommand.Create());
root.Add(BlendCommand.Create());
root.Add(ImportCommand.Create());
root.Add(SynthesizeCommand.Create());
root.Add(YardstickCommand.Create());
root.Add(AnalyzeCommand.Create());
root.Add(AblateCommand.Create());
root.Add(BenchTrainingCommand.Create());
return await new CommandProgram(root, LibraryFailures.ExitCodeOf).RunAsync(args);
