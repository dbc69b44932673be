using System.CommandLine;
using System.Globalization;
using NLCL.CommandLine;
using static TorchSharp.torch;

namespace NLCL.Train;

/// <summary>nlcl bench-training: the non-local sampler beside the loop over candidates that it replaces.</summary>
static class BenchTrainingCommand
{
    // The method's own: groups of 128 and 8 in pictures, of 256 in the 32 channels of its first convolution.
    static readonly (int Pictures, int Channels, int Kept)[] s_cases = [(1, 3, 128), (4, 3, 128), (1, 32, 256), (4, 32, 256)];

    public static Command Create()
    {
        Option<int> rounds = new("--rounds") { Description = "Rounds of 50 ms for each contestant; its fastest is shown: what is above that is the machine, not the contestant.", HelpName = "N", DefaultValueFactory = _ => 9 };
        Option<int> side = new("--side") { Description = "Side of the square maps.", HelpName = "PIXELS", DefaultValueFactory = _ => 256 };
        Command command = new("bench-training", "Time the non-local sampler beside loops over its candidates, in turn.") { rounds, side };
        command.SetAction((parsed, cancellation) =>
        {
            int most = get_num_threads();
            Console.WriteLine(
                "fastest ms per call, of processor time for one thread, else of the clock; maps of N x C x H x W, patches of 16 x 16, up to 1600 candidates each\n" +
                "tensor loop: candidate after candidate by tensor operations, as the method's released code does; compiled loop: five nested loops in C#");
            Console.WriteLine($"{"threads",7} {"maps",18} {"sampler",9} {"tensor loop",12} {"times",7} {"compiled loop",14} {"times",7}  largest difference of a distance");
            foreach (int threads in new[] { 1, most }.Distinct())
            {
                set_num_threads(threads);
                foreach ((int pictures, int channels, int kept) in s_cases)
                {
                    using SamplerRace race = new(pictures, channels, parsed.GetValue(side), kept, processorTime: threads == 1);
                    SamplerLap lap = race.Run(Math.Max(parsed.GetValue(rounds), 1), cancellation);
                    Console.WriteLine(string.Create(
                        CultureInfo.InvariantCulture,
                        $"{threads,7} {$"{pictures}x{channels}x{parsed.GetValue(side)}x{parsed.GetValue(side)}",18} {lap.Sampler,9:0.000} {lap.TensorLoop,12:0.0} {lap.TensorLoop / lap.Sampler,7:0} {lap.CompiledLoop,14:0.00} {lap.CompiledLoop / lap.Sampler,7:0.0}  {lap.Difference:0.0e+0}"));
                }
            }
            return Task.FromResult(ExitCodes.Success);
        });
        return command;
    }
}
