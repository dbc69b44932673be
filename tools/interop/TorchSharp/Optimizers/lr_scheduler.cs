using System;
using System.Collections.Generic;
using System.Linq;

namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        public static partial class lr_scheduler
        {
            public static LRScheduler StepLR(
                Optimizer optimizer, int step_size, double gamma = 0.1, int last_epoch = -1, bool verbose = false) =>
                new ClosedForm(optimizer, (initial, epoch) => initial * Math.Pow(gamma, epoch / step_size), last_epoch);

            public static LRScheduler LambdaLR(
                Optimizer optimizer, Func<int, double> lr_lambda, int last_epoch = -1, bool verbose = false) =>
                new ClosedForm(optimizer, (initial, epoch) => initial * lr_lambda(epoch), last_epoch);

            public static LRScheduler CosineAnnealingLR(
                Optimizer optimizer, double T_max, double eta_min = 0, int last_epoch = -1, bool verbose = false) =>
                new ClosedForm(optimizer, (initial, epoch) => eta_min + (initial - eta_min) * (1 + Math.Cos(Math.PI * epoch / T_max)) / 2, last_epoch);

            public abstract class LRScheduler
            {
                private protected readonly List<ILearningRateController> _groups;

                private protected LRScheduler(Optimizer optimizer) => _groups = [.. optimizer.ParamGroups];

                public virtual void step() => step(null);

                public virtual void step(int? epoch) => throw new NotSupportedException("This scheduler has no step.");

                /// <summary>These schedulers look at no metric.</summary>
                public virtual void step(double current, int? epoch = null) => step(epoch);

                public IEnumerable<double> get_last_lr() => _groups.Select(group => group.LearningRate);
            }

            /// <summary>Sets each group's rate to a function of its initial rate and the epoch. Never prints, whatever verbose says.</summary>
            sealed class ClosedForm : LRScheduler
            {
                readonly Func<double, int, double> _rate;
                readonly List<double> _initial;
                int _epoch;

                internal ClosedForm(Optimizer optimizer, Func<double, int, double> rate, int lastEpoch)
                    : base(optimizer)
                {
                    _rate = rate;
                    _initial = [.. _groups.Select(group => group.InitialLearningRate)];
                    _epoch = lastEpoch;
                    step();
                }

                public override void step(int? epoch)
                {
                    _epoch = epoch ?? _epoch + 1;
                    for (var i = 0; i < _groups.Count; i++)
                    {
                        _groups[i].LearningRate = _rate(_initial[i], _epoch);
                    }
                }
            }
        }
    }
}
