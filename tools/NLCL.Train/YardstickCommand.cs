using System.CommandLine;
using NLCL.CommandLine;
using NLCL.Runtime;

namespace NLCL.Train;

/// <summary>nlcl yardstick: makes a development set of rain that no training saw.</summary>
static class YardstickCommand
{
    public static Command Create()
    {
        Argument<string> output = new("DIR") { Description = "The folder to make: stills/KIND/, clips/NAME/ and short/KIND/NAME/, each with rainy/, clean/ and rain/." };
        Option<string[]> clean = new("--clean") { Description = "Folder of clean pictures, as of 'train'; only those held back from training are used. May be repeated.", HelpName = "DIR", Required = true };
        Option<string?> streaks = new("--streaks") { Description = "Folder of streak textures; only those held back from training are used.", HelpName = "DIR" };
        Option<int> stills = new("--stills") { Description = "Stills of each kind of rain.", HelpName = "N", DefaultValueFactory = _ => 12 };
        Option<int> frames = new("--frames") { Description = "Frames of each clip.", HelpName = "N", DefaultValueFactory = _ => 24 };
        Option<int> shortFrames = new("--short-frames") { Description = "Frames of each short clip, of which there are as many as stills, of the same scenes; 0: none.", HelpName = "N", DefaultValueFactory = _ => 5 };
        Option<int> side = new("--side") { Description = "Longer side that larger pictures are made smaller to, in pixels.", HelpName = "PX", DefaultValueFactory = _ => 512 };
        Option<int> seed = new("--seed") { Description = "The same seed, pictures and textures give the same yardstick.", HelpName = "S", DefaultValueFactory = _ => 1 };
        Option<bool> overwrite = new("--overwrite", "-y") { Description = "Replace the folder if it exists." };
        Command command = new("yardstick", "Make a development set: rain of every kind, and clips, on pictures that no training sees.")
        {
            output, clean, streaks, stills, frames, shortFrames, side, seed, overwrite,
        };
        command.SetAction((parsed, cancellation) =>
        {
            PictureFolder[] folders = [.. parsed.GetRequiredValue(clean).Select(PictureFolder.Parse)];
            YardstickJob job = new(parsed.GetRequiredValue(output), folders, parsed.GetValue(streaks))
            {
                StillsPerKind = AtLeast("--stills", parsed.GetValue(stills), 1),
                FramesPerClip = AtLeast("--frames", parsed.GetValue(frames), 2),
                FramesPerShortClip = parsed.GetValue(shortFrames) == 0 ? 0 : AtLeast("--short-frames", parsed.GetValue(shortFrames), 2),
                LongerSide = AtLeast("--side", parsed.GetValue(side), 64),
                Seed = parsed.GetValue(seed),
                Overwrite = parsed.GetValue(overwrite),
            };
            job.Run(cancellation);
            return Task.FromResult(ExitCodes.Success);
        });
        return command;
    }

    static int AtLeast(string option, int value, int smallest) => value >= smallest
        ? value
        : throw new CommandException(ExitCodes.Usage, $"{option} {value}: at least {smallest}.");
}
