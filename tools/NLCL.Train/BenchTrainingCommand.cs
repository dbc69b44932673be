using System.CommandLine;
using System.Globalization;
using NLCL.CommandLine;
using NLCL.Training;
using static TorchSharp.torch;

namespace NLCL.Train;

/// <summary>nlcl bench-training: the non-local sampler beside the loop over candidates that it replaces.</summary>
static class BenchTrainingCommand
{
    // The method's own: groups of 128 and 8 in pictures, of 256 in the 32 channels of its first convolution.
    static readonly (int Pictures, int Channels, int Kept)[] s_cases = [(1, 3, 128), (4, 3, 128), (1, 32, 256), (4, 32, 256)];

    public static Command Create()
    {
        Option<int> rounds = new("--rounds") { Description = "Rounds of 50 ms for each contestant, in turn.", HelpName = "N", DefaultValueFactory = _ => 9 };
        Option<int> side = new("--side") { Description = "Side of the square maps.", HelpName = "PIXELS", DefaultValueFactory = _ => 256 };
        Command command = new("bench-training", "Time the non-local sampler beside loops over its candidates, in turn.") { rounds, side };
        command.SetAction((parsed, cancellation) =>
        {
            int most = new TrainingMachine().ThreadCount();
            Console.WriteLine(
                "median ms per call, of processor time for one thread, else of the clock; in brackets: times the sampler's\n" +
                "maps of N x C x H x W, patches of 16 x 16, up to 1600 candidates each\n" +
                "tensor loop: candidate after candidate by tensor operations, as the method's released code does\n" +
                "test's loop: the double loop that the sampler's test has for its reference; compiled loop: the same in 32 bits, compiled at its best");
            Console.WriteLine($"{"threads",7} {"maps",14} {"sampler",9} {"tensor loop",18} {"test's loop",18} {"compiled loop",18}  largest difference of a distance");
            foreach (int threads in new[] { 1, most }.Distinct())
            {
                set_num_threads(threads);
                foreach ((int pictures, int channels, int kept) in s_cases)
                {
                    using SamplerRace race = new(pictures, channels, parsed.GetValue(side), kept, processorTime: threads == 1);
                    SamplerLap lap = race.Run(Math.Max(parsed.GetValue(rounds), 1), cancellation);
                    Console.WriteLine(string.Create(
                        CultureInfo.InvariantCulture,
                        $"{threads,7} {$"{pictures}x{channels}x{parsed.GetValue(side)}x{parsed.GetValue(side)}",14} {lap.Sampler,9:0.000} {Beside(lap.TensorLoop, lap),18} {Beside(lap.ReferenceLoop, lap),18} {Beside(lap.CompiledLoop, lap),18}  {lap.Difference:0.0e+0}"));
                }
            }
            return Task.FromResult(ExitCodes.Success);
        });
        return command;

        static string Beside(double loop, SamplerLap lap) => string.Create(CultureInfo.InvariantCulture, $"{loop:0.0} ({loop / lap.Sampler:0.0})");
    }
}
