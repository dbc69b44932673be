using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            public static Tensor relu(Tensor input, bool inplace = false) => inplace ? input.relu_().alias() : input.relu();

            public static Tensor relu6(Tensor input, bool inplace = false) => inplace ? input.relu6_().alias() : input.relu6();

            public static Tensor leaky_relu(Tensor input, double negative_slope = 0.01, bool inplace = false) =>
                inplace ? input.leaky_relu_(negative_slope).alias() : input.leaky_relu(negative_slope);

            public static Tensor prelu(Tensor input, Tensor weight) => input.prelu(weight);

            public static Tensor elu(Tensor input, double alpha, bool inplace = false) =>
                inplace ? Operator.Change(input, "elu_", input, alpha).alias() : input.elu(alpha);

            public static Tensor selu(Tensor input, bool inplace = false) => inplace ? Operator.Change(input, "selu_", input).alias() : input.selu();

            public static Tensor gelu(Tensor input, bool inplace = false) => inplace ? input.gelu_().alias() : input.gelu();

            public static Tensor silu(Tensor input, bool inplace = false) => inplace ? input.silu_().alias() : input.silu();

            public static Tensor sigmoid(Tensor input, bool inplace = false) => inplace ? input.sigmoid_().alias() : input.sigmoid();

            public static Tensor tanh(Tensor input, bool inplace = false) => inplace ? input.tanh_().alias() : input.tanh();

            public static Tensor logsigmoid(Tensor input) => input.log_sigmoid();

            public static Tensor hardsigmoid(Tensor input, bool inplace = false) => inplace ? input.hardsigmoid_().alias() : input.hardsigmoid();

            public static Tensor hardswish(Tensor input, bool inplace = false) => inplace ? input.hardswish_().alias() : input.hardswish();

            public static Tensor hardtanh(Tensor input, double min_val = -1.0, double max_val = 1.0, bool inplace = false) =>
                inplace ? Operator.Change(input, "hardtanh_", input, min_val, max_val).alias() : Operator.Call("hardtanh", input, min_val, max_val);

            public static Tensor softplus(Tensor input, double beta = 1.0, double threshold = 20.0) => input.softplus(beta, threshold);

            public static Tensor mish(Tensor input, bool inplace = false) =>
                inplace ? Operator.Change(input, "mish_", input).alias() : Operator.Call("mish", input);

            public static Tensor softmax(Tensor input, long dim, ScalarType? dtype = null) => input.softmax(dim, dtype);

            public static Tensor log_softmax(Tensor input, long dim, ScalarType? dtype = null) => input.log_softmax(dim, dtype);

            public static Tensor dropout(Tensor input, double p = 0.5, bool training = true, bool inplace = false) =>
                inplace ? Operator.Change(input, "dropout_", input, p, training).alias() : Operator.Call("dropout", input, p, training);
        }
    }
}
