using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using TorchSharp.Modules;

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class optim
        {
            public interface ILearningRateController
            {
                double LearningRate { get; set; }

                double InitialLearningRate { get; set; }
            }

            public interface IMomentum
            {
                double Momentum { get; set; }
            }

            public interface IBetas
            {
                (double, double) Betas { get; set; }
            }

            public abstract class Optimizer : IDisposable
            {
                protected IList<ParamGroup> _parameter_groups = [];

                private protected Optimizer()
                {
                }

                public virtual IEnumerable<ILearningRateController> ParamGroups => _parameter_groups;

                public virtual IEnumerable<Parameter> parameters() => _parameter_groups.SelectMany(group => group.Parameters);

                /// <summary>Zeroes the gradients in place: a parameter that gets none this time still takes part in the step.</summary>
                public virtual void zero_grad()
                {
                    foreach (var parameter in parameters())
                    {
                        using var gradient = parameter.grad;
                        gradient?.zero_();
                    }
                }

                public virtual Tensor? step(Func<Tensor>? closure = null) => throw new NotSupportedException("This optimizer has no step.");

                public void Dispose()
                {
                    Dispose(true);
                    GC.SuppressFinalize(this);
                }

                protected virtual void Dispose(bool disposing)
                {
                }

                public class StateDictionary
                {
                    internal StateDictionary()
                    {
                    }

                    public List<OptimizerOptions> Options { get; } = [];

                    public List<OptimizerState> State { get; } = [];
                }
            }
        }
    }

    namespace Modules
    {
        public class OptimizerOptions
        {
            public double? LearningRate { get; set; }

            public double InitialLearningRate { get; set; }

            public virtual void SaveStateDict(BinaryWriter writer)
            {
                writer.Write(InitialLearningRate);
                writer.Write(LearningRate!.Value);
            }

            public virtual void LoadStateDict(BinaryReader reader)
            {
                InitialLearningRate = reader.ReadDouble();
                LearningRate = reader.ReadDouble();
            }
        }

        public class ParamGroup : torch.optim.ILearningRateController
        {
            public IEnumerable<Parameter> Parameters { get; set; } = [];

            public OptimizerOptions Options { get; set; } = null!;

            public double LearningRate
            {
                get => Options.LearningRate!.Value;
                set => Options.LearningRate = value;
            }

            public double InitialLearningRate
            {
                get => Options.InitialLearningRate;
                set => Options.InitialLearningRate = value;
            }
        }

        public class ParamGroup<TOptions> : ParamGroup where TOptions : OptimizerOptions
        {
            public ParamGroup()
            {
            }

            public ParamGroup(IEnumerable<Parameter> parameters, TOptions? options = null)
            {
                Parameters = parameters;
                base.Options = options!;
            }

            public new TOptions Options
            {
                get => (TOptions)base.Options;
                set => base.Options = value;
            }
        }

        /// <summary>What an optimizer remembers of one parameter.</summary>
        public abstract class OptimizerState
        {
            protected Parameter _parameter;

            protected OptimizerState(Parameter parameter) => _parameter = parameter;

            public abstract void SaveStateDict(BinaryWriter writer);

            public abstract void LoadStateDict(BinaryReader reader);
        }
    }
}
