using System;
using System.Collections.Generic;
using System.IO;
using TorchSharp.Modules;

namespace TorchSharp
{
    namespace Modules
    {
        /// <summary>Gradient descent, with momentum after PyTorch: the buffer starts as the first gradient.</summary>
        public class SGD : OptimizerHelper, torch.optim.IMomentum
        {
            public SGD(
                IEnumerable<Parameter> parameters, double lr, double momentum = 0.0, double dampening = 0, double weight_decay = 0,
                bool nesterov = false, bool maximize = false)
                : this([new ParamGroup { Parameters = parameters }], lr, momentum, dampening, weight_decay, nesterov, maximize)
            {
            }

            public SGD(
                IEnumerable<ParamGroup> parameters, double lr, double momentum = 0.0, double dampening = 0, double weight_decay = 0,
                bool nesterov = false, bool maximize = false)
            {
                if (lr < 0 || momentum < 0 || weight_decay < 0)
                {
                    throw new ArgumentException("Learning rate, momentum and weight decay must not be negative.");
                }
                if (nesterov && (momentum <= 0 || dampening != 0))
                {
                    throw new ArgumentException("Nesterov momentum requires a momentum and zero dampening");
                }
                _defaults = new Options
                {
                    LearningRate = lr,
                    InitialLearningRate = lr,
                    momentum = momentum,
                    dampening = dampening,
                    weight_decay = weight_decay,
                    nesterov = nesterov,
                    maximize = maximize,
                };
                foreach (var group in parameters)
                {
                    add_param_group(group);
                }
            }

            public double Momentum
            {
                get => ((Options)_defaults).momentum!.Value;
                set => ((Options)_defaults).momentum = value;
            }

            private protected override void Update(Parameter parameter, torch.Tensor gradient, OptimizerOptions options, OptimizerState state)
            {
                var settings = (Options)options;
                if (settings.weight_decay != 0)
                {
                    gradient = gradient.add(parameter, alpha: settings.weight_decay!.Value);
                }
                if (settings.momentum != 0)
                {
                    var buffer = ((State)state).Blend(gradient, settings);
                    gradient = settings.nesterov == true ? gradient.add(buffer, alpha: settings.momentum!.Value) : buffer;
                }
                parameter.add_(gradient, alpha: settings.maximize == true ? settings.LearningRate!.Value : -settings.LearningRate!.Value);
            }

            private protected override OptimizerState Begin(Parameter parameter, OptimizerOptions options) => new State(parameter);

            private protected override void Complete(OptimizerOptions options)
            {
                var (own, otherwise) = ((Options)options, (Options)_defaults);
                own.LearningRate ??= otherwise.LearningRate;
                own.momentum ??= otherwise.momentum;
                own.dampening ??= otherwise.dampening;
                own.weight_decay ??= otherwise.weight_decay;
                own.nesterov ??= otherwise.nesterov;
                own.maximize ??= otherwise.maximize;
            }

            public class Options : OptimizerOptions
            {
                public double? momentum;
                public double? dampening;
                public double? weight_decay;
                public bool? nesterov;
                public bool? maximize;

                public override void SaveStateDict(BinaryWriter writer)
                {
                    base.SaveStateDict(writer);
                    writer.Write(momentum!.Value);
                    writer.Write(dampening!.Value);
                    writer.Write(weight_decay!.Value);
                    writer.Write(nesterov!.Value);
                    writer.Write(maximize!.Value);
                }

                public override void LoadStateDict(BinaryReader reader)
                {
                    base.LoadStateDict(reader);
                    momentum = reader.ReadDouble();
                    dampening = reader.ReadDouble();
                    weight_decay = reader.ReadDouble();
                    nesterov = reader.ReadBoolean();
                    maximize = reader.ReadBoolean();
                }
            }

            public class ParamGroup : ParamGroup<Options>
            {
            }

            public sealed class State : OptimizerState, IDisposable
            {
                public torch.Tensor? momentum_buffer;

                internal State(Parameter parameter)
                    : base(parameter)
                {
                }

                public void Dispose() => momentum_buffer?.Dispose();

                public override void SaveStateDict(BinaryWriter writer)
                {
                    writer.Write(momentum_buffer is not null);
                    momentum_buffer?.Save(writer);
                }

                public override void LoadStateDict(BinaryReader reader)
                {
                    if (reader.ReadBoolean())
                    {
                        momentum_buffer ??= torch.zeros_like(_parameter).DetachFromDisposeScope();
                        momentum_buffer.Load(reader);
                    }
                }

                internal torch.Tensor Blend(torch.Tensor gradient, Options options) =>
                    momentum_buffer is null
                        ? momentum_buffer = gradient.clone().DetachFromDisposeScope()
                        : momentum_buffer.mul_(options.momentum!.Value).add_(gradient, alpha: 1 - options.dampening!.Value);
            }
        }
    }

    public static partial class torch
    {
        public static partial class optim
        {
            public static SGD SGD(
                IEnumerable<Parameter> parameters, double learningRate, double momentum = 0.0, double dampening = 0, double weight_decay = 0,
                bool nesterov = false, bool maximize = false) =>
                new(parameters, learningRate, momentum, dampening, weight_decay, nesterov, maximize);

            public static SGD SGD(
                IEnumerable<SGD.ParamGroup> parameters, double learningRate, double momentum = 0.0, double dampening = 0,
                double weight_decay = 0, bool nesterov = false, bool maximize = false) =>
                new(parameters, learningRate, momentum, dampening, weight_decay, nesterov, maximize);
        }
    }
}
