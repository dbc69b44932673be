using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using TorchSharp.Modules;

namespace TorchSharp
{
    namespace Modules
    {
        /// <summary>Adam (Kingma, Ba 2014), with weight decay added to the gradient, or decoupled from it as in AdamW.</summary>
        public class Adam : OptimizerHelper, torch.optim.IBetas
        {
            public Adam(
                IEnumerable<Parameter> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8,
                double weight_decay = 0, bool amsgrad = false, bool maximize = false)
                : this([new ParamGroup { Parameters = parameters }], lr, beta1, beta2, eps, weight_decay, amsgrad, maximize)
            {
            }

            public Adam(
                IEnumerable<ParamGroup> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8,
                double weight_decay = 0, bool amsgrad = false, bool maximize = false)
            {
                _defaults = AdaptiveMoments.Checked(new Options
                {
                    LearningRate = lr,
                    InitialLearningRate = lr,
                    beta1 = beta1,
                    beta2 = beta2,
                    eps = eps,
                    weight_decay = weight_decay,
                    amsgrad = amsgrad,
                    maximize = maximize,
                });
                foreach (var group in parameters)
                {
                    add_param_group(group);
                }
            }

            public (double, double) Betas
            {
                get => (((Options)_defaults).beta1!.Value, ((Options)_defaults).beta2!.Value);
                set => (((Options)_defaults).beta1, ((Options)_defaults).beta2) = (value.Item1, value.Item2);
            }

            private protected override void Update(Parameter parameter, torch.Tensor gradient, OptimizerOptions options, OptimizerState state) =>
                AdaptiveMoments.Step((State)state, gradient, (Options)options, decoupled: false);

            private protected override OptimizerState Begin(Parameter parameter, OptimizerOptions options) =>
                new State(parameter, ((Options)options).amsgrad!.Value, Remembered);

            private protected override void Complete(OptimizerOptions options) =>
                AdaptiveMoments.Complete((Options)options, (Options)_defaults);

            public class Options : OptimizerOptions, IAdaptiveOptions
            {
                public double? beta1;
                public double? beta2;
                public double? weight_decay;
                public double? eps;
                public bool? amsgrad;
                public bool? maximize;

                ref double? IAdaptiveOptions.Beta1 => ref beta1;
                ref double? IAdaptiveOptions.Beta2 => ref beta2;
                ref double? IAdaptiveOptions.WeightDecay => ref weight_decay;
                ref double? IAdaptiveOptions.Epsilon => ref eps;
                ref bool? IAdaptiveOptions.Amsgrad => ref amsgrad;
                ref bool? IAdaptiveOptions.Maximize => ref maximize;

                public override void SaveStateDict(BinaryWriter writer)
                {
                    base.SaveStateDict(writer);
                    AdaptiveMoments.Save(this, writer);
                }

                public override void LoadStateDict(BinaryReader reader)
                {
                    base.LoadStateDict(reader);
                    AdaptiveMoments.Load(this, reader);
                }
            }

            public class ParamGroup : ParamGroup<Options>, torch.optim.IBetas
            {
                public ParamGroup()
                {
                }

                public ParamGroup(IEnumerable<Parameter> parameters, Options options)
                    : base(parameters, options)
                {
                }

                public ParamGroup(
                    IEnumerable<Parameter> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8,
                    double weight_decay = 0, bool amsgrad = false, bool maximize = false)
                    : base(parameters, new Options
                    {
                        LearningRate = lr,
                        beta1 = beta1,
                        beta2 = beta2,
                        eps = eps,
                        weight_decay = weight_decay,
                        amsgrad = amsgrad,
                        maximize = maximize,
                    })
                {
                }

                public (double, double) Betas
                {
                    get => (Options.beta1!.Value, Options.beta2!.Value);
                    set => (Options.beta1, Options.beta2) = (value.Item1, value.Item2);
                }
            }

            public sealed class State : OptimizerState, IDisposable, IAdaptiveMoments
            {
                public long step;
                public torch.Tensor exp_avg;
                public torch.Tensor exp_avg_sq;
                public torch.Tensor? max_exp_avg_sq;

                internal State(Parameter parameter, bool amsgrad, Func<Parameter, torch.Tensor> remembered)
                    : base(parameter)
                {
                    exp_avg = remembered(parameter);
                    exp_avg_sq = remembered(parameter);
                    max_exp_avg_sq = amsgrad ? remembered(parameter) : null;
                }

                Parameter IAdaptiveMoments.Parameter => _parameter;
                ref long IAdaptiveMoments.Steps => ref step;
                torch.Tensor IAdaptiveMoments.First => exp_avg;
                torch.Tensor IAdaptiveMoments.Second => exp_avg_sq;
                ref torch.Tensor? IAdaptiveMoments.Highest => ref max_exp_avg_sq;

                public void Dispose() => AdaptiveMoments.Dispose(this);

                public override void SaveStateDict(BinaryWriter writer) => AdaptiveMoments.Save(this, writer);

                public override void LoadStateDict(BinaryReader reader) => AdaptiveMoments.Load(this, reader);
            }
        }

        /// <summary>Adam with decoupled weight decay (Loshchilov, Hutter 2017).</summary>
        public class AdamW : OptimizerHelper, torch.optim.IBetas
        {
            public AdamW(
                IEnumerable<Parameter> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8,
                double weight_decay = 0, bool amsgrad = false, bool maximize = false)
                : this([new ParamGroup { Parameters = parameters }], lr, beta1, beta2, eps, weight_decay, amsgrad, maximize)
            {
            }

            public AdamW(
                IEnumerable<ParamGroup> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8,
                double weight_decay = 0, bool amsgrad = false, bool maximize = false)
            {
                _defaults = AdaptiveMoments.Checked(new Options
                {
                    LearningRate = lr,
                    InitialLearningRate = lr,
                    beta1 = beta1,
                    beta2 = beta2,
                    eps = eps,
                    weight_decay = weight_decay,
                    amsgrad = amsgrad,
                    maximize = maximize,
                });
                foreach (var group in parameters)
                {
                    add_param_group(group);
                }
            }

            public (double, double) Betas
            {
                get => (((Options)_defaults).beta1!.Value, ((Options)_defaults).beta2!.Value);
                set => (((Options)_defaults).beta1, ((Options)_defaults).beta2) = (value.Item1, value.Item2);
            }

            private protected override void Update(Parameter parameter, torch.Tensor gradient, OptimizerOptions options, OptimizerState state) =>
                AdaptiveMoments.Step((State)state, gradient, (Options)options, decoupled: true);

            private protected override OptimizerState Begin(Parameter parameter, OptimizerOptions options) =>
                new State(parameter, ((Options)options).amsgrad!.Value, Remembered);

            private protected override void Complete(OptimizerOptions options) =>
                AdaptiveMoments.Complete((Options)options, (Options)_defaults);

            public class Options : OptimizerOptions, IAdaptiveOptions
            {
                public double? beta1;
                public double? beta2;
                public double? weight_decay;
                public double? eps;
                public bool? amsgrad;
                public bool? maximize;

                ref double? IAdaptiveOptions.Beta1 => ref beta1;
                ref double? IAdaptiveOptions.Beta2 => ref beta2;
                ref double? IAdaptiveOptions.WeightDecay => ref weight_decay;
                ref double? IAdaptiveOptions.Epsilon => ref eps;
                ref bool? IAdaptiveOptions.Amsgrad => ref amsgrad;
                ref bool? IAdaptiveOptions.Maximize => ref maximize;

                public override void SaveStateDict(BinaryWriter writer)
                {
                    base.SaveStateDict(writer);
                    AdaptiveMoments.Save(this, writer);
                }

                public override void LoadStateDict(BinaryReader reader)
                {
                    base.LoadStateDict(reader);
                    AdaptiveMoments.Load(this, reader);
                }
            }

            public class ParamGroup : ParamGroup<Options>
            {
            }

            public sealed class State : OptimizerState, IDisposable, IAdaptiveMoments
            {
                public long step;
                public torch.Tensor exp_avg;
                public torch.Tensor exp_avg_sq;
                public torch.Tensor? max_exp_avg_sq;

                internal State(Parameter parameter, bool amsgrad, Func<Parameter, torch.Tensor> remembered)
                    : base(parameter)
                {
                    exp_avg = remembered(parameter);
                    exp_avg_sq = remembered(parameter);
                    max_exp_avg_sq = amsgrad ? remembered(parameter) : null;
                }

                Parameter IAdaptiveMoments.Parameter => _parameter;
                ref long IAdaptiveMoments.Steps => ref step;
                torch.Tensor IAdaptiveMoments.First => exp_avg;
                torch.Tensor IAdaptiveMoments.Second => exp_avg_sq;
                ref torch.Tensor? IAdaptiveMoments.Highest => ref max_exp_avg_sq;

                public void Dispose() => AdaptiveMoments.Dispose(this);

                public override void SaveStateDict(BinaryWriter writer) => AdaptiveMoments.Save(this, writer);

                public override void LoadStateDict(BinaryReader reader) => AdaptiveMoments.Load(this, reader);
            }
        }
    }

    public static partial class torch
    {
        public static partial class optim
        {
            public static Adam Adam(
                IEnumerable<Parameter> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8,
                double weight_decay = 0, bool amsgrad = false, bool maximize = false) =>
                new(parameters, lr, beta1, beta2, eps, weight_decay, amsgrad, maximize);

            public static Adam Adam(
                IEnumerable<(string name, Parameter parameter)> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999,
                double eps = 1e-8, double weight_decay = 0, bool amsgrad = false, bool maximize = false) =>
                new(parameters.Select(named => named.parameter), lr, beta1, beta2, eps, weight_decay, amsgrad, maximize);

            public static Adam Adam(
                IEnumerable<Adam.ParamGroup> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8,
                double weight_decay = 0, bool amsgrad = false, bool maximize = false) =>
                new(parameters, lr, beta1, beta2, eps, weight_decay, amsgrad, maximize);

            public static AdamW AdamW(
                IEnumerable<Parameter> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8,
                double weight_decay = 0, bool amsgrad = false, bool maximize = false) =>
                new(parameters, lr, beta1, beta2, eps, weight_decay, amsgrad, maximize);

            public static AdamW AdamW(
                IEnumerable<AdamW.ParamGroup> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8,
                double weight_decay = 0, bool amsgrad = false, bool maximize = false) =>
                new(parameters, lr, beta1, beta2, eps, weight_decay, amsgrad, maximize);
        }
    }
}
