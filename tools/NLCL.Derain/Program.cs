using System.CommandLine;
using NLCL.CommandLine;
using NLCL.Derain;

Command root = CommandProgram.CreateRoot("""
    NLCL takes rain out of photos and video.

    Start here:
      nlcl derain rainy.jpg clear.jpg
      nlcl derain rainy.mp4 clear.mp4
    """);
root.Add(DerainCommand.Create());
root.Add(MergeCommand.Create());
root.Add(EvaluateCommand.Create());
root.Add(CompareCommand.Create());
root.Add(FlickerCommand.Create());
root.Add(CollectCommand.Create());
root.Add(CardCommand.Create());
root.Add(InspectCommand.Create());
root.Add(BenchmarkCommand.Create());
root.Add(SoakCommand.Create());
root.Add(DoctorCommand.Create());
foreach (Command command in TrainingCommands.CreateSigns()) { root.Add(command); }
return await new CommandProgram(root, LibraryFailures.ExitCodeOf).RunAsync(args);
