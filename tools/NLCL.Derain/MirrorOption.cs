using System.CommandLine;

namespace NLCL.Derain;

/// <summary>--mirror, for the commands that have it.</summary>
static class MirrorOption
{
    public static Option<bool> Create() => new("--mirror")
    {
        Description = "Show the network each picture twice, once mirrored, and take the mean of the rain it finds: nearer to the truth, most in heavy rain, for twice the time.",
    };
}
