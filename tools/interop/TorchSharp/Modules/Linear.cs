using System;
using TorchSharp.Utils;

namespace TorchSharp
{
    namespace Modules
    {
        public sealed class Linear : torch.nn.Module<torch.Tensor, torch.Tensor>
        {
            [ComponentName(Name = "weight")]
            Parameter? _weight;

            [ComponentName(Name = "bias")]
            Parameter? _bias;

            internal Linear(Parameter weight, Parameter? bias)
                : base(nameof(Linear))
            {
                out_features = weight.shape[0];
                in_features = weight.shape[1];
                this.weight = weight;
                this.bias = bias;
            }

            public long in_features { get; set; }

            public long out_features { get; set; }

            public Parameter weight
            {
                get => _weight!;
                set => this.Adopt(ref _weight, value, nameof(weight), ConditionallyRegisterParameter);
            }

            public Parameter? bias
            {
                get => _bias;
                set => this.Adopt(ref _bias, value, nameof(bias), ConditionallyRegisterParameter);
            }

            public override torch.Tensor forward(torch.Tensor tensor) => torch.nn.functional.linear(tensor, weight, bias);
        }
    }

    public static partial class torch
    {
        public static partial class nn
        {
            public static Modules.Linear Linear(
                long inputSize, long outputSize, bool hasBias = true, Device? device = null, ScalarType? dtype = null)
            {
                var weight = new Modules.Parameter(empty(outputSize, inputSize, dtype, device));
                init.kaiming_uniform_(weight, Math.Sqrt(5));
                if (!hasBias)
                {
                    return new(weight, null);
                }
                var bias = new Modules.Parameter(empty(outputSize, dtype, device));
                var bound = inputSize > 0 ? 1 / Math.Sqrt(inputSize) : 0;
                init.uniform_(bias, -bound, bound);
                return new(weight, bias);
            }

            public static Modules.Linear Linear(Modules.Parameter weight, Modules.Parameter? bias = null) => new(weight, bias);
        }
    }
}
