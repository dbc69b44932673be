using System.CommandLine;
using NLCL.CommandLine;
using NLCL.Runtime;

namespace NLCL.Derain;

/// <summary>nlcl collect: picks rainy pictures to train on out of clips and folders.</summary>
static class CollectCommand
{
    public static Command Create()
    {
        CollectRules rules = new();
        Argument<string[]> inputs = new("INPUT") { Description = "Clips, pictures, and folders of them.", Arity = ArgumentArity.OneOrMore };
        Option<string> output = new("--output", "-o") { Description = "Folder for frames/, pairs/ and manifest.jsonl. What is there already is not done again.", HelpName = "DIR", Required = true };
        Option<double> every = new("--every") { Description = "Look at the sharpest frame of so many seconds of a clip.", HelpName = "SECONDS", DefaultValueFactory = _ => rules.Every };
        Option<double> rain = new("--min-rain") { Description = "Least mean of the model's rain layer, in levels of 255.", HelpName = "LEVELS", DefaultValueFactory = _ => rules.Rain };
        Option<double> sharpness = new("--min-sharpness") { Description = "Least slope of the steepest edges, as part of the contrast per pixel.", HelpName = "SLOPE", DefaultValueFactory = _ => rules.Sharpness };
        Option<int> distance = new("--min-distance") { Description = "Frames whose 64-bit hashes differ in fewer bits count as alike.", HelpName = "BITS", DefaultValueFactory = _ => rules.Distance };
        Option<int> most = new("--most") { Description = "Most frames, and most backgrounds, of one source; 0: any number.", HelpName = "N", DefaultValueFactory = _ => rules.Most };
        Option<int> window = new("--background") { Description = "Estimate the background of still scenes from so many frames each, with a mask of where it holds, e.g. 25.", HelpName = "FRAMES" };
        Option<double> quantile = new("--quantile") { Description = "Which value over time is the background's: 0.5 is the median, less is safer in heavy rain.", HelpName = "0-1", DefaultValueFactory = _ => rules.Quantile };
        Option<string?> model = ModelOption.Create();
        Option<DeviceKind> device = new("--device", "-d") { Description = "Where to compute.", DefaultValueFactory = _ => DeviceKind.Auto };
        Option<int> threads = new("--threads") { Description = "CPU threads for the network; 0: one per physical core.", HelpName = "N" };
        Command command = new("collect", "Pick sharp, different, rainy frames out of clips and folders, to train on.")
        {
            inputs, output, every, rain, sharpness, distance, most, window, quantile, model, device, threads,
        };
        command.SetAction((parsed, cancellation) =>
        {
            CollectRules chosen = rules with
            {
                Every = parsed.GetValue(every),
                Rain = parsed.GetValue(rain),
                Sharpness = parsed.GetValue(sharpness),
                Distance = parsed.GetValue(distance),
                Most = parsed.GetValue(most),
                Window = parsed.GetValue(window),
                Quantile = parsed.GetValue(quantile),
            };
            Check(chosen);
            using Derainer derainer = Derainer.Open(ModelOption.Resolve(parsed.GetValue(model)), new DerainerOptions { Device = parsed.GetValue(device), Threads = parsed.GetValue(threads) });
            return Task.FromResult(new CollectJob(parsed.GetRequiredValue(output), chosen, derainer).Run(parsed.GetRequiredValue(inputs), cancellation));
        });
        return command;
    }

    static void Check(CollectRules rules)
    {
        Demand(rules.Every > 0, $"--every {rules.Every}: more than 0 seconds.");
        Demand(rules.Window is 0 or (>= 5 and <= 250), $"--background {rules.Window}: 5 to 250 frames.");
        Demand(rules.Quantile is > 0 and <= 0.5, $"--quantile {rules.Quantile}: more than 0, at most 0.5.");
        Demand(rules.Distance is >= 0 and <= 64, $"--min-distance {rules.Distance}: 0 to 64 bits.");
        Demand(rules.Most >= 0, $"--most {rules.Most}: 0 or more.");

        static void Demand(bool good, FormattableString otherwise)
        {
            if (!good) { throw new CommandException(ExitCodes.Usage, FormattableString.Invariant(otherwise)); }
        }
    }
}
