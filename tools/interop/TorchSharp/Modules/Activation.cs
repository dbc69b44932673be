namespace TorchSharp
{
    namespace Modules
    {
        public sealed class ReLU : torch.nn.Module<torch.Tensor, torch.Tensor>
        {
            internal ReLU(bool inplace)
                : base(nameof(ReLU))
            {
                this.inplace = inplace;
            }

            public bool inplace { get; set; }

            public override torch.Tensor forward(torch.Tensor tensor) => torch.nn.functional.relu(tensor, inplace);
        }

        public sealed class ReLU6 : torch.nn.Module<torch.Tensor, torch.Tensor>
        {
            internal ReLU6(bool inplace)
                : base(nameof(ReLU6))
            {
                this.inplace = inplace;
            }

            public bool inplace { get; set; }

            public override torch.Tensor forward(torch.Tensor tensor) => torch.nn.functional.relu6(tensor, inplace);
        }

        public sealed class LeakyReLU : torch.nn.Module<torch.Tensor, torch.Tensor>
        {
            internal LeakyReLU(double negative_slope, bool inplace)
                : base(nameof(LeakyReLU))
            {
                this.negative_slope = negative_slope;
                this.inplace = inplace;
            }

            public double negative_slope { get; set; }

            public bool inplace { get; set; }

            public override torch.Tensor forward(torch.Tensor tensor) => torch.nn.functional.leaky_relu(tensor, negative_slope, inplace);
        }

        public sealed class ELU : torch.nn.Module<torch.Tensor, torch.Tensor>
        {
            internal ELU(double alpha, bool inplace)
                : base(nameof(ELU))
            {
                this.alpha = alpha;
                this.inplace = inplace;
            }

            public double alpha { get; set; }

            public bool inplace { get; set; }

            public override torch.Tensor forward(torch.Tensor tensor) => torch.nn.functional.elu(tensor, alpha, inplace);
        }

        public sealed class GELU : torch.nn.Module<torch.Tensor, torch.Tensor>
        {
            internal GELU(bool inplace)
                : base(nameof(GELU))
            {
                this.inplace = inplace;
            }

            public bool inplace { get; set; }

            public override torch.Tensor forward(torch.Tensor tensor) => torch.nn.functional.gelu(tensor, inplace);
        }

        public sealed class SiLU : torch.nn.Module<torch.Tensor, torch.Tensor>
        {
            internal SiLU(bool inplace)
                : base(nameof(SiLU))
            {
                this.inplace = inplace;
            }

            public bool inplace { get; set; }

            public override torch.Tensor forward(torch.Tensor tensor) => torch.nn.functional.silu(tensor, inplace);
        }

        public sealed class Sigmoid : torch.nn.Module<torch.Tensor, torch.Tensor>
        {
            internal Sigmoid(bool inplace)
                : base(nameof(Sigmoid))
            {
                this.inplace = inplace;
            }

            public bool inplace { get; set; }

            public override torch.Tensor forward(torch.Tensor tensor) => torch.nn.functional.sigmoid(tensor, inplace);
        }

        public sealed class Tanh : torch.nn.Module<torch.Tensor, torch.Tensor>
        {
            internal Tanh(bool inplace)
                : base(nameof(Tanh))
            {
                this.inplace = inplace;
            }

            public bool inplace { get; set; }

            public override torch.Tensor forward(torch.Tensor tensor) => torch.nn.functional.tanh(tensor, inplace);
        }

        public sealed class Hardsigmoid : torch.nn.Module<torch.Tensor, torch.Tensor>
        {
            internal Hardsigmoid(bool inplace)
                : base(nameof(Hardsigmoid))
            {
                this.inplace = inplace;
            }

            public bool inplace { get; set; }

            public override torch.Tensor forward(torch.Tensor tensor) => torch.nn.functional.hardsigmoid(tensor, inplace);
        }
    }

    public static partial class torch
    {
        public static partial class nn
        {
            public static Modules.ReLU ReLU(bool inplace = false) => new(inplace);

            public static Modules.ReLU6 ReLU6(bool inplace = false) => new(inplace);

            public static Modules.LeakyReLU LeakyReLU(double negative_slope = 0.01, bool inplace = false) => new(negative_slope, inplace);

            public static Modules.ELU ELU(double alpha = 1.0, bool inplace = false) => new(alpha, inplace);

            public static Modules.GELU GELU() => new(false);

            public static Modules.GELU GELU(bool inplace) => new(inplace);

            public static Modules.SiLU SiLU() => new(false);

            public static Modules.SiLU SiLU(bool inplace) => new(inplace);

            public static Modules.Sigmoid Sigmoid() => new(false);

            public static Modules.Sigmoid Sigmoid(bool inplace) => new(inplace);

            public static Modules.Tanh Tanh(bool inplace = false) => new(inplace);

            public static Modules.Hardsigmoid Hardsigmoid(bool inplace = false) => new(inplace);
        }
    }
}
