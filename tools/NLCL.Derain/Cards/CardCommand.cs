using System.CommandLine;
using NLCL.CommandLine;
using NLCL.Runtime;

namespace NLCL.Derain;

/// <summary>nlcl card: measures a model and writes the figures into its card.</summary>
static class CardCommand
{
    public static Command Create()
    {
        Argument<string> model = new("MODEL.onnx") { Description = "The model; its card lies beside it, .md in place of .onnx." };
        Option<string[]> sets = new("--set") { Description = "Pairs to measure on; DIR may end in :left or :right. May be repeated.", HelpName = "NAME=RAINY,CLEAN" };
        Option<string[]> clips = new("--clip") { Description = "A clip whose flicker is measured, with its clean counterpart if there is one. May be repeated.", HelpName = "NAME=RAINY[,CLEAN]" };
        Option<string[]> dry = new("--dry") { Description = "Pictures without rain, to see what is done to them. May be repeated.", HelpName = "NAME=DIR" };
        Option<string[]> real = new("--real") { Description = "Rainy pictures whose clean ones nobody knows, to see how much is taken out of them. May be repeated.", HelpName = "NAME=DIR" };
        Option<string?> yardstick = new("--yardstick") { Description = "A folder that 'nlcl yardstick' made: all its kinds, clips, and clean pictures.", HelpName = "DIR" };
        Option<string?> analysis = new("--analysis") { Description = "dimensions.json that 'nlcl analyze' wrote for this model.", HelpName = "FILE" };
        Option<string?> output = new("--output", "-o") { Description = "The card to write into, if it is another one.", HelpName = "CARD.md" };
        Option<string> sizes = new("--sizes") { Description = "Frame sizes for the cost; empty: none.", HelpName = "WxH,...", DefaultValueFactory = _ => "640x480,1280x720,1920x1080" };
        Option<DeviceKind> device = new("--device", "-d") { Description = "Where to compute.", DefaultValueFactory = _ => DeviceKind.Auto };
        Option<int> threads = new("--threads") { Description = "CPU threads for the network; 0: one per physical core.", HelpName = "N" };
        Command command = new("card", "Measure quality, harm to pictures without rain, what is taken out of real ones, flicker and cost, and write them into the model's card.")
        {
            model, sets, clips, dry, real, yardstick, analysis, output, sizes, device, threads,
        };
        command.SetAction((parsed, cancellation) =>
        {
            string path = ModelOption.Resolve(parsed.GetRequiredValue(model));
            CardPlan plan = CardPlan.Make(parsed.GetValue(sets) ?? [], parsed.GetValue(clips) ?? [], parsed.GetValue(dry) ?? [], parsed.GetValue(real) ?? [], parsed.GetValue(yardstick), parsed.GetValue(analysis), parsed.GetValue(sizes)!);
            string card = parsed.GetValue(output) ?? Path.ChangeExtension(path, "md");
            CardFile file = CardFile.Read(card, Path.GetFileNameWithoutExtension(path));
            // The card is about this file: a faster variant beside it has a card of its own.
            using Derainer derainer = Derainer.Open(ModelFile.Open(path), new DerainerOptions { Device = parsed.GetValue(device), Threads = parsed.GetValue(threads) });
            file.Write(new CardMeasurement(plan, derainer).Section(cancellation));
            Console.WriteLine(card);
            return Task.FromResult(ExitCodes.Success);
        });
        return command;
    }
}
