using System.Globalization;
using static TorchSharp.torch;

namespace NLCL.Training;

/// <summary>
/// Modules under the numbers that a published checkpoint gives them: there a sequence also counts its parts without
/// weights, so the numbers have gaps.
/// </summary>
sealed class NumberedModules : nn.Module
{
    // Not a field of a module type: registration takes the names from the numbers.
    readonly SortedDictionary<int, nn.Module> modulesByNumber = [];

    public NumberedModules(IEnumerable<(int Number, nn.Module Module)> modules) : base(nameof(NumberedModules))
    {
        foreach (var (number, module) in modules)
        {
            modulesByNumber.Add(number, module);
            register_module(number.ToString(CultureInfo.InvariantCulture), module);
        }
    }

    public nn.Module this[int number] => modulesByNumber[number];
}
