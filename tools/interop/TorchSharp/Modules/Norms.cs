using System;
using TorchSharp.Utils;

namespace TorchSharp
{
    namespace Modules
    {
        public sealed class BatchNorm2d : BatchNorm
        {
            internal BatchNorm2d(
                long num_features, double eps, double momentum, bool affine, bool track_running_stats, torch.Device? device,
                torch.ScalarType? dtype)
                : base(num_features, eps, momentum, affine, track_running_stats, device, dtype, nameof(BatchNorm2d))
            {
            }

            protected override void ValidateInputDimensions(torch.Tensor input)
            {
                if (input.ndim != 4)
                {
                    throw new ArgumentException($"expected 4D input, but got {input.ndim}D input.");
                }
            }
        }

        public sealed class InstanceNorm2d : InstanceNorm
        {
            internal InstanceNorm2d(
                long num_features, double eps, double momentum, bool affine, bool track_running_stats, torch.Device? device,
                torch.ScalarType? dtype)
                : base(num_features, eps, momentum, affine, track_running_stats, device, dtype, nameof(InstanceNorm2d))
            {
            }

            protected override long GetNumberOfBatchDimensions() => 3;

            protected override void ValidateInputDimensions(torch.Tensor input)
            {
                if (input.ndim is not (3 or 4))
                {
                    throw new ArgumentException($"expected 3D or 4D input, but got {input.ndim}D input.");
                }
            }
        }

        public sealed class GroupNorm : torch.nn.Module<torch.Tensor, torch.Tensor>
        {
            [ComponentName(Name = "weight")]
            Parameter? _weight;

            [ComponentName(Name = "bias")]
            Parameter? _bias;

            internal GroupNorm(long num_groups, long num_channels, double eps, bool affine, torch.Device? device, torch.ScalarType? dtype)
                : base(nameof(GroupNorm))
            {
                this.num_groups = num_groups;
                this.eps = eps;
                this.affine = affine;
                if (affine)
                {
                    weight = new(torch.ones(num_channels, dtype, device));
                    bias = new(torch.zeros(num_channels, dtype, device));
                }
            }

            public long num_groups { get; set; }

            public double eps { get; set; }

            public bool affine { get; set; }

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

            public override torch.Tensor forward(torch.Tensor tensor) =>
                torch.nn.functional.group_norm(tensor, num_groups, weight, bias, eps);
        }

        public sealed class LayerNorm : torch.nn.Module<torch.Tensor, torch.Tensor>
        {
            readonly long[] _normalized_shape;

            [ComponentName(Name = "weight")]
            Parameter? _weight;

            [ComponentName(Name = "bias")]
            Parameter? _bias;

            internal LayerNorm(
                long[] normalized_shape, double eps, bool elementwise_affine, bool bias, torch.Device? device, torch.ScalarType? dtype)
                : base(nameof(LayerNorm))
            {
                _normalized_shape = normalized_shape;
                this.eps = eps;
                this.elementwise_affine = elementwise_affine;
                if (elementwise_affine)
                {
                    weight = new(torch.ones(normalized_shape, dtype, device));
                    this.bias = bias ? new(torch.zeros(normalized_shape, dtype, device)) : null;
                }
            }

            public double eps { get; set; }

            public bool elementwise_affine { get; set; }

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

            public override torch.Tensor forward(torch.Tensor tensor) =>
                torch.nn.functional.layer_norm(tensor, _normalized_shape, weight, bias, eps);
        }

        public sealed class PReLU : torch.nn.Module<torch.Tensor, torch.Tensor>
        {
            [ComponentName(Name = "weight")]
            Parameter? _weight;

            internal PReLU(long num_parameters, double init, torch.Device? device, torch.ScalarType? dtype)
                : base(nameof(PReLU))
            {
                this.num_parameters = num_parameters;
                weight = new(torch.full(num_parameters, init, dtype, device));
            }

            public long num_parameters { get; }

            public Parameter weight
            {
                get => _weight!;
                set => this.Adopt(ref _weight, value, nameof(weight), ConditionallyRegisterParameter);
            }

            public override torch.Tensor forward(torch.Tensor tensor) => torch.nn.functional.prelu(tensor, weight);
        }

        public sealed class Identity : torch.nn.Module<torch.Tensor, torch.Tensor>
        {
            internal Identity()
                : base(nameof(Identity))
            {
            }

            public override torch.Tensor forward(torch.Tensor tensor) => tensor.alias();
        }

        public sealed class Flatten : torch.nn.Module<torch.Tensor, torch.Tensor>
        {
            internal Flatten(long start_dim, long end_dim)
                : base(nameof(Flatten))
            {
                this.start_dim = start_dim;
                this.end_dim = end_dim;
            }

            public long start_dim { get; set; }

            public long end_dim { get; set; }

            public override torch.Tensor forward(torch.Tensor input) => input.flatten(start_dim, end_dim);
        }

        public sealed class Dropout : torch.nn.Module<torch.Tensor, torch.Tensor>
        {
            internal Dropout(double p, bool inplace)
                : base(nameof(Dropout))
            {
                this.p = p;
                this.inplace = inplace;
            }

            public double p { get; set; }

            public bool inplace { get; set; }

            public override torch.Tensor forward(torch.Tensor tensor) => torch.nn.functional.dropout(tensor, p, training, inplace);
        }
    }

    public static partial class torch
    {
        public static partial class nn
        {
            public static Modules.BatchNorm2d BatchNorm2d(
                long num_features, double eps = 1e-05, double momentum = 0.1, bool affine = true, bool track_running_stats = true,
                Device? device = null, ScalarType? dtype = null) =>
                new(num_features, eps, momentum, affine, track_running_stats, device, dtype);

            public static Modules.InstanceNorm2d InstanceNorm2d(
                long num_features, double eps = 1e-05, double momentum = 0.1, bool affine = false, bool track_running_stats = false,
                Device? device = null, ScalarType? dtype = null) =>
                new(num_features, eps, momentum, affine, track_running_stats, device, dtype);

            public static Modules.GroupNorm GroupNorm(
                long num_groups, long num_channels, double eps = 1e-05, bool affine = true, Device? device = null, ScalarType? dtype = null) =>
                new(num_groups, num_channels, eps, affine, device, dtype);

            public static Modules.LayerNorm LayerNorm(
                long[] normalized_shape, double eps = 1e-05, bool elementwise_affine = true, bool bias = true, Device? device = null,
                ScalarType? dtype = null) => new(normalized_shape, eps, elementwise_affine, bias, device, dtype);

            public static Modules.LayerNorm LayerNorm(
                long normalized_shape, double eps = 1e-05, bool elementwise_affine = true, bool bias = true, Device? device = null,
                ScalarType? dtype = null) => new([normalized_shape], eps, elementwise_affine, bias, device, dtype);

            public static Modules.PReLU PReLU(
                long num_parameters, double init = 0.25, Device? device = null, ScalarType? dtype = null) =>
                new(num_parameters, init, device, dtype);

            public static Modules.Identity Identity() => new();

            public static Modules.Flatten Flatten(long start_dim = 1, long end_dim = -1) => new(start_dim, end_dim);

            public static Modules.Dropout Dropout(double p = 0.5, bool inplace = false) => new(p, inplace);
        }
    }
}
