using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace TorchSharp.Modules;

/// <summary>Parameter groups, one state a parameter, and their file format.</summary>
public abstract class OptimizerHelper : torch.optim.Optimizer
{
    protected OptimizerOptions _defaults = null!;

    readonly Dictionary<Parameter, OptimizerState> _states = new(ReferenceEqualityComparer.Instance);

    private protected OptimizerHelper()
    {
    }

    public override torch.Tensor? step(Func<torch.Tensor>? closure = null)
    {
        torch.Tensor? loss = null;
        if (closure is not null)
        {
            using var recording = torch.enable_grad();
            loss = closure();
        }
        using var mode = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        foreach (var group in _parameter_groups)
        {
            foreach (var parameter in group.Parameters)
            {
                if (parameter.grad is { } gradient)
                {
                    Update(parameter, gradient, group.Options, _states[parameter]);
                }
            }
        }
        return loss;
    }

    public virtual void add_param_group(ParamGroup param_group)
    {
        param_group.Parameters = [.. param_group.Parameters];
        param_group.Options ??= (OptimizerOptions)Activator.CreateInstance(_defaults.GetType())!;
        Complete(param_group.Options);
        param_group.Options.InitialLearningRate = param_group.Options.LearningRate!.Value;
        _parameter_groups.Add(param_group);
        foreach (var parameter in param_group.Parameters)
        {
            _states[parameter] = Begin(parameter, param_group.Options);
        }
    }

    public virtual StateDictionary state_dict()
    {
        var state = new StateDictionary();
        foreach (var group in _parameter_groups)
        {
            state.Options.Add(group.Options);
            state.State.AddRange(group.Parameters.Select(parameter => _states[parameter]));
        }
        return state;
    }

    public void save_state_dict(string location)
    {
        using var stream = File.Create(location);
        using var writer = new BinaryWriter(stream);
        save_state_dict(writer);
    }

    public void save_state_dict(BinaryWriter writer)
    {
        writer.Write(GetType().Name);
        var state = state_dict();
        TensorExtensionMethods.Encode(writer, state.Options.Count);
        TensorExtensionMethods.Encode(writer, state.State.Count);
        state.Options.ForEach(options => options.SaveStateDict(writer));
        state.State.ForEach(item => item.SaveStateDict(writer));
    }

    public void load_state_dict(string location)
    {
        using var stream = File.OpenRead(location);
        using var reader = new BinaryReader(stream);
        load_state_dict(reader);
    }

    public void load_state_dict(BinaryReader reader)
    {
        var name = reader.ReadString();
        if (name != GetType().Name)
        {
            throw new InvalidDataException(
                $"Mismatched optimizer type: expected '{GetType().Name}', but found '{name}' in the loaded stream.");
        }
        var options = TensorExtensionMethods.Decode(reader);
        var states = TensorExtensionMethods.Decode(reader);
        var own = state_dict();
        if (options != own.Options.Count)
        {
            throw new ArgumentException("Invalid optimizer state -- different number of parameter groups.");
        }
        if (states != own.State.Count)
        {
            throw new ArgumentException("Invalid optimizer state -- different number of states.");
        }
        own.Options.ForEach(item => item.LoadStateDict(reader));
        own.State.ForEach(item => item.LoadStateDict(reader));
    }

    protected override void Dispose(bool disposing)
    {
        foreach (var state in _states.Values)
        {
            (state as IDisposable)?.Dispose();
        }
        _states.Clear();
        base.Dispose(disposing);
    }

    /// <summary>Changes one parameter in place; runs without recording and inside a scope of its own.</summary>
    private protected abstract void Update(Parameter parameter, torch.Tensor gradient, OptimizerOptions options, OptimizerState state);

    private protected abstract OptimizerState Begin(Parameter parameter, OptimizerOptions options);

    /// <summary>Fills what the group left open from the optimizer's own options.</summary>
    private protected abstract void Complete(OptimizerOptions options);

    private protected static torch.Tensor Remembered(Parameter parameter) => torch.zeros_like(parameter).DetachFromDisposeScope();
}
