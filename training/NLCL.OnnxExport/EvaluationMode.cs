using static TorchSharp.torch;

namespace NLCL.OnnxExport;

/// <summary>Holds a module in evaluation mode, and puts each of its parts back into its own mode afterwards.</summary>
sealed class EvaluationMode : IDisposable
{
    readonly List<(nn.Module Module, bool Training)> _before;

    EvaluationMode(nn.Module module)
    {
        // Parents come before their children, whose own mode then has the last word.
        _before = [(module, module.training), .. module.modules().Select(part => (part, part.training))];
        module.eval();
    }

    public static EvaluationMode Of(nn.Module module) => new(module);

    public void Dispose()
    {
        foreach (var (module, training) in _before)
        {
            module.train(training);
        }
    }
}
