using System.CommandLine;
using NLCL.CommandLine;

namespace NLCL.Derain;

/// <summary>--scale, for the commands that have it.</summary>
static class ScaleOption
{
    public static Option<int?> Create() => new("--scale")
    {
        Description = "Show the network each picture at 1/N of its size and take the rain it finds off the whole one: for pictures that are coarser than their size. Default: 1, and 2 to 4 where a picture or clip is found to be so, or more rain is found in a large photo at 1/2 or 1/4.",
        HelpName = "N",
    };

    /// <exception cref="CommandException">It is out of range.</exception>
    public static int? Of(ParseResult parsed, Option<int?> option) => parsed.GetValue(option) is not ({ } asked and (< 1 or > 8))
        ? parsed.GetValue(option)
        : throw new CommandException(ExitCodes.Usage, $"--scale {asked} is out of range; 1 to 8.");
}
