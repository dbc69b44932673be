using System;
using System.IO;

namespace TorchSharp.Modules;

/// <summary>The running moments of one parameter and the step made of them; Adam and AdamW differ in the weight decay only.</summary>
public abstract class AdaptiveMoments : OptimizerState
{
    public long step;
    public torch.Tensor exp_avg;
    public torch.Tensor exp_avg_sq;
    public torch.Tensor? max_exp_avg_sq;

    private protected AdaptiveMoments(Parameter parameter, bool amsgrad, Func<Parameter, torch.Tensor> remembered)
        : base(parameter)
    {
        exp_avg = remembered(parameter);
        exp_avg_sq = remembered(parameter);
        max_exp_avg_sq = amsgrad ? remembered(parameter) : null;
    }

    public override void Dispose()
    {
        exp_avg.Dispose();
        exp_avg_sq.Dispose();
        max_exp_avg_sq?.Dispose();
        GC.SuppressFinalize(this);
    }

    public override void SaveStateDict(BinaryWriter writer)
    {
        writer.Write(step);
        exp_avg.Save(writer);
        exp_avg_sq.Save(writer);
        writer.Write(max_exp_avg_sq is not null);
        max_exp_avg_sq?.Save(writer);
    }

    public override void LoadStateDict(BinaryReader reader)
    {
        step = reader.ReadInt64();
        exp_avg.Load(reader);
        exp_avg_sq.Load(reader);
        if (reader.ReadBoolean())
        {
            max_exp_avg_sq ??= torch.zeros_like(Parameter).DetachFromDisposeScope();
            max_exp_avg_sq.Load(reader);
        }
    }

    internal void Step(torch.Tensor gradient, Adam.Options options, bool decoupled)
    {
        var (beta1, beta2) = (options.beta1!.Value, options.beta2!.Value);
        var (rate, decay) = (options.LearningRate!.Value, options.weight_decay!.Value);
        step++;
        if (options.maximize == true)
        {
            gradient = -gradient;
        }
        if (decay != 0 && decoupled)
        {
            Parameter.mul_(1 - rate * decay);
        }
        else if (decay != 0)
        {
            gradient = gradient.add(Parameter, alpha: decay);
        }

        exp_avg.mul_(beta1).add_(gradient, alpha: 1 - beta1);
        exp_avg_sq.mul_(beta2).addcmul_(gradient, gradient, value: 1 - beta2);
        var second = exp_avg_sq;
        if (max_exp_avg_sq is not null)
        {
            second = max_exp_avg_sq.copy_(max_exp_avg_sq.maximum(exp_avg_sq));
        }
        var denominator = second.sqrt().div_(Math.Sqrt(1 - Math.Pow(beta2, step))).add_(options.eps!.Value);
        Parameter.addcdiv_(exp_avg, denominator, value: -rate / (1 - Math.Pow(beta1, step)));
    }

    internal static T Checked<T>(T options) where T : Adam.Options
    {
        Check(options.LearningRate >= 0, $"Invalid learning rate: {options.LearningRate}");
        Check(options.eps >= 0, $"Invalid ε: {options.eps}");
        Check(options.beta1 is >= 0 and < 1, $"Invalid beta1: {options.beta1}");
        Check(options.beta2 is >= 0 and < 1, $"Invalid beta2: {options.beta2}");
        Check(options.weight_decay >= 0, $"Invalid weight_decay value: {options.weight_decay}");
        return options;

        static void Check(bool holds, string message)
        {
            if (!holds)
            {
                throw new ArgumentException(message);
            }
        }
    }

    internal static void Complete(Adam.Options options, Adam.Options otherwise)
    {
        options.LearningRate ??= otherwise.LearningRate;
        options.beta1 ??= otherwise.beta1;
        options.beta2 ??= otherwise.beta2;
        options.eps ??= otherwise.eps;
        options.weight_decay ??= otherwise.weight_decay;
        options.amsgrad ??= otherwise.amsgrad;
        options.maximize ??= otherwise.maximize;
    }

    internal static void Save(Adam.Options options, BinaryWriter writer)
    {
        writer.Write(options.beta1!.Value);
        writer.Write(options.beta2!.Value);
        writer.Write(options.eps!.Value);
        writer.Write(options.weight_decay!.Value);
        writer.Write(options.amsgrad!.Value);
        writer.Write(options.maximize!.Value);
    }

    internal static void Load(Adam.Options options, BinaryReader reader)
    {
        options.beta1 = reader.ReadDouble();
        options.beta2 = reader.ReadDouble();
        options.eps = reader.ReadDouble();
        options.weight_decay = reader.ReadDouble();
        options.amsgrad = reader.ReadBoolean();
        options.maximize = reader.ReadBoolean();
    }
}
