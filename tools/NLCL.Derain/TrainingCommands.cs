using System.CommandLine;
using NLCL.CommandLine;

namespace NLCL.Derain;

/// <summary>
/// The commands of the training program, shown in this program's help: users see one nlcl. The launcher tools/nlcl sends
/// them to nlcl-train before this program starts.
/// </summary>
static class TrainingCommands
{
    public static IEnumerable<Command> CreateSigns()
    {
        yield return Sign("train", "Learn a derainer from rainy pictures and other clean ones.");
        yield return Sign("export", "Write a trained run as ONNX files.");
        yield return Sign("blend", "Mix the weights of two trainings, one of which went on from the other.");
        yield return Sign("import", "Make a run of weights that were trained elsewhere.");
        yield return Sign("synthesize", "Put rain on clean pictures.");
        yield return Sign("yardstick", "Make a development set of held-back pictures.");
        yield return Sign("analyze", "Measure the intrinsic dimension of a trained model's layers.");
        yield return Sign("ablate", "Train with each term of the method on and off, and table what it does.");
        yield return Sign("bench-training", "Time the training's sampler beside what it replaces.");
    }

    static Command Sign(string name, string description)
    {
        Command command = new(name, description) { TreatUnmatchedTokensAsErrors = false };
        command.SetAction(int (_) => throw new CommandException(
            ExitCodes.Usage, $"'{name}' belongs to the training program; start it as 'tools/nlcl {name}' or 'nlcl-train {name}'."));
        return command;
    }
}
