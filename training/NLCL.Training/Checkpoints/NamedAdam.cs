using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace NLCL.Training;

/// <summary>Adam over named parameters, so that its moments can be stored under names instead of positions.</summary>
sealed class NamedAdam : IDisposable
{
    readonly Adam _adam;

    public NamedAdam(IReadOnlyList<(string Name, nn.Module Module)> modules, double rate, double beta1, double beta2)
    {
        (string Name, Parameter Parameter)[] named =
            [.. modules.SelectMany(part => part.Module.named_parameters().Select(item => ($"{part.Name}.{item.name}", item.parameter)))];
        Names = [.. named.Select(item => item.Name)];
        Parameters = [.. named.Select(item => item.Parameter)];
        _adam = optim.Adam(Parameters, rate, beta1, beta2);
    }

    /// <summary>Names of the parameters: module, dot, name in the module.</summary>
    public IReadOnlyList<string> Names { get; }

    public IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>Moments by parameter, in the order of <see cref="Names"/>; live: what is written into them counts.</summary>
    public IReadOnlyList<Adam.State> Moments => [.. _adam.state_dict().State.Cast<Adam.State>()];

    public void SetRate(double rate)
    {
        foreach (optim.ILearningRateController group in _adam.ParamGroups) { group.LearningRate = rate; }
    }

    /// <summary>Whether backward passes compute gradients of these parameters.</summary>
    public void SetTrainable(bool trainable)
    {
        foreach (Parameter parameter in Parameters) { parameter.requires_grad = trainable; }
    }

    public void ZeroGradients() => _adam.zero_grad();

    public void Step()
    {
        using DisposeScope scope = NewDisposeScope();
        _adam.step();
    }

    public void Dispose() => _adam.Dispose();
}
