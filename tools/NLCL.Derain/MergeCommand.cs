using System.CommandLine;
using NLCL.CommandLine;
using NLCL.Runtime;

namespace NLCL.Derain;

/// <summary>nlcl merge INPUT OUTPUT: joins what derain --shard I/N has made.</summary>
static class MergeCommand
{
    public static Command Create()
    {
        Argument<string> input = new("INPUT") { Description = "What was derained in shards: the clip, or the folder." };
        Argument<string> output = new("OUTPUT") { Description = "The output that was given to derain." };
        Option<bool> overwrite = new("--overwrite", "-y") { Description = "Replace an output that exists." };
        Option<bool> allowLosses = new("--allow-losses") { Description = "Leave out streams that the output container cannot hold." };
        Command command = new("merge", "Join the shards of a clip or a folder that were made with 'derain --shard I/N'.") { input, output, overwrite, allowLosses };
        command.SetAction((parsed, cancellation) => Task.FromResult(Run(
            parsed.GetRequiredValue(input),
            parsed.GetRequiredValue(output),
            new VideoOptions { Overwrite = parsed.GetValue(overwrite), AllowLosses = parsed.GetValue(allowLosses) },
            cancellation)));
        return command;
    }

    static int Run(string input, string output, VideoOptions options, CancellationToken cancellation)
    {
        if (Directory.Exists(output)) { return MergeFolder(output); }
        if (VideoDerainer.UnfinishedFolder(output) is null && File.Exists(output))
        {
            Console.Error.WriteLine($"{output}: is whole already");
            return ExitCodes.Success;
        }
        try
        {
            VideoReport report = ShardMerge.Run(input, output, options, cancellation);
            foreach (string loss in report.Losses) { ConsoleText.WriteWarning($"{report.Output}: {loss}"); }
            Console.Error.WriteLine($"{output}: {report.Frames} frames joined in {report.Elapsed.TotalSeconds:0.0} s");
            return ExitCodes.Success;
        }
        catch (VideoException failure)
        {
            throw new CommandException(LibraryFailures.ExitCodeOf(failure)!.Value, OptionNames.InMessage(failure), failure);
        }
    }

    static int MergeFolder(string output)
    {
        if (FolderShards.Merge(output) is not { } merged)
        {
            Console.Error.WriteLine($"{output}: there are no shards to join; it is whole already");
            return ExitCodes.Success;
        }
        foreach (string failure in merged.Failures) { ConsoleText.WriteWarning(failure); }
        Console.Error.WriteLine($"{output}: {merged.Done} files done, {merged.Failures.Count} failed");
        return merged.Failures.Count > 0 ? ExitCodes.Partial : ExitCodes.Success;
    }
}
