using System;
using System.IO;

namespace TorchSharp.Modules;

/// <summary>The running moments of one parameter and the step made of them; Adam and AdamW differ in the weight decay only.</summary>
static class AdaptiveMoments
{
    internal static void Dispose(IAdaptiveMoments moments)
    {
        moments.First.Dispose();
        moments.Second.Dispose();
        moments.Highest?.Dispose();
    }

    internal static void Save(IAdaptiveMoments moments, BinaryWriter writer)
    {
        writer.Write(moments.Steps);
        moments.First.Save(writer);
        moments.Second.Save(writer);
        writer.Write(moments.Highest is not null);
        moments.Highest?.Save(writer);
    }

    internal static void Load(IAdaptiveMoments moments, BinaryReader reader)
    {
        moments.Steps = reader.ReadInt64();
        moments.First.Load(reader);
        moments.Second.Load(reader);
        if (reader.ReadBoolean())
        {
            moments.Highest ??= torch.zeros_like(moments.Parameter).DetachFromDisposeScope();
            moments.Highest.Load(reader);
        }
    }

    internal static void Step(IAdaptiveMoments moments, torch.Tensor gradient, IAdaptiveOptions options, bool decoupled)
    {
        var parameter = moments.Parameter;
        var (beta1, beta2) = (options.Beta1!.Value, options.Beta2!.Value);
        var (rate, decay) = (options.LearningRate!.Value, options.WeightDecay!.Value);
        var step = ++moments.Steps;
        if (options.Maximize == true)
        {
            gradient = -gradient;
        }
        if (decay != 0 && decoupled)
        {
            parameter.mul_(1 - rate * decay);
        }
        else if (decay != 0)
        {
            gradient = gradient.add(parameter, alpha: decay);
        }

        moments.First.mul_(beta1).add_(gradient, alpha: 1 - beta1);
        var second = moments.Second.mul_(beta2).addcmul_(gradient, gradient, value: 1 - beta2);
        if (moments.Highest is { } highest)
        {
            second = highest.copy_(highest.maximum(second));
        }
        var denominator = second.sqrt().div_(Math.Sqrt(1 - Math.Pow(beta2, step))).add_(options.Epsilon!.Value);
        parameter.addcdiv_(moments.First, denominator, value: -rate / (1 - Math.Pow(beta1, step)));
    }

    internal static T Checked<T>(T options) where T : IAdaptiveOptions
    {
        Check(options.LearningRate >= 0, $"Invalid learning rate: {options.LearningRate}");
        Check(options.Epsilon >= 0, $"Invalid ε: {options.Epsilon}");
        Check(options.Beta1 is >= 0 and < 1, $"Invalid beta1: {options.Beta1}");
        Check(options.Beta2 is >= 0 and < 1, $"Invalid beta2: {options.Beta2}");
        Check(options.WeightDecay >= 0, $"Invalid weight_decay value: {options.WeightDecay}");
        return options;

        static void Check(bool holds, string message)
        {
            if (!holds)
            {
                throw new ArgumentException(message);
            }
        }
    }

    internal static void Complete(IAdaptiveOptions options, IAdaptiveOptions otherwise)
    {
        options.LearningRate ??= otherwise.LearningRate;
        options.Beta1 ??= otherwise.Beta1;
        options.Beta2 ??= otherwise.Beta2;
        options.Epsilon ??= otherwise.Epsilon;
        options.WeightDecay ??= otherwise.WeightDecay;
        options.Amsgrad ??= otherwise.Amsgrad;
        options.Maximize ??= otherwise.Maximize;
    }

    internal static void Save(IAdaptiveOptions options, BinaryWriter writer)
    {
        writer.Write(options.Beta1!.Value);
        writer.Write(options.Beta2!.Value);
        writer.Write(options.Epsilon!.Value);
        writer.Write(options.WeightDecay!.Value);
        writer.Write(options.Amsgrad!.Value);
        writer.Write(options.Maximize!.Value);
    }

    internal static void Load(IAdaptiveOptions options, BinaryReader reader)
    {
        options.Beta1 = reader.ReadDouble();
        options.Beta2 = reader.ReadDouble();
        options.Epsilon = reader.ReadDouble();
        options.WeightDecay = reader.ReadDouble();
        options.Amsgrad = reader.ReadBoolean();
        options.Maximize = reader.ReadBoolean();
    }
}
