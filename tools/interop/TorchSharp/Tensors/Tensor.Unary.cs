using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public unsafe partial class Tensor
    {
        public Tensor abs() => Operator.Call("abs", this);

        public Tensor abs_() => Operator.Change(this, "abs_", this);

        public Tensor acos() => Operator.Call("acos", this);

        public Tensor acos_() => Operator.Change(this, "acos_", this);

        public Tensor acosh() => Operator.Call("acosh", this);

        public Tensor acosh_() => Operator.Change(this, "acosh_", this);

        public Tensor asin() => Operator.Call("asin", this);

        public Tensor asin_() => Operator.Change(this, "asin_", this);

        public Tensor asinh() => Operator.Call("asinh", this);

        public Tensor asinh_() => Operator.Change(this, "asinh_", this);

        public Tensor atan() => Operator.Call("atan", this);

        public Tensor atan_() => Operator.Change(this, "atan_", this);

        public Tensor atanh() => Operator.Call("atanh", this);

        public Tensor atanh_() => Operator.Change(this, "atanh_", this);

        public Tensor ceil() => Operator.Call("ceil", this);

        public Tensor ceil_() => Operator.Change(this, "ceil_", this);

        public Tensor cos() => Operator.Call("cos", this);

        public Tensor cos_() => Operator.Change(this, "cos_", this);

        public Tensor cosh() => Operator.Call("cosh", this);

        public Tensor cosh_() => Operator.Change(this, "cosh_", this);

        public Tensor erf() => Operator.Call("erf", this);

        public Tensor erf_() => Operator.Change(this, "erf_", this);

        public Tensor erfc() => Operator.Call("erfc", this);

        public Tensor erfc_() => Operator.Change(this, "erfc_", this);

        public Tensor erfinv() => Operator.Call("erfinv", this);

        public Tensor erfinv_() => Operator.Change(this, "erfinv_", this);

        public Tensor exp() => Operator.Call("exp", this);

        public Tensor exp_() => Operator.Change(this, "exp_", this);

        public Tensor exp2() => Operator.Call("exp2", this);

        public Tensor exp2_() => Operator.Change(this, "exp2_", this);

        public Tensor expm1() => Operator.Call("expm1", this);

        public Tensor expm1_() => Operator.Change(this, "expm1_", this);

        public Tensor floor() => Operator.Call("floor", this);

        public Tensor floor_() => Operator.Change(this, "floor_", this);

        public Tensor frac() => Operator.Call("frac", this);

        public Tensor frac_() => Operator.Change(this, "frac_", this);

        public Tensor log() => Operator.Call("log", this);

        public Tensor log_() => Operator.Change(this, "log_", this);

        public Tensor log10() => Operator.Call("log10", this);

        public Tensor log10_() => Operator.Change(this, "log10_", this);

        public Tensor log1p() => Operator.Call("log1p", this);

        public Tensor log1p_() => Operator.Change(this, "log1p_", this);

        public Tensor log2() => Operator.Call("log2", this);

        public Tensor log2_() => Operator.Change(this, "log2_", this);

        public Tensor logical_not() => Operator.Call("logical_not", this);

        public Tensor logical_not_() => Operator.Change(this, "logical_not_", this);

        public Tensor neg() => Operator.Call("neg", this);

        public Tensor neg_() => Operator.Change(this, "neg_", this);

        public Tensor reciprocal() => Operator.Call("reciprocal", this);

        public Tensor reciprocal_() => Operator.Change(this, "reciprocal_", this);

        public Tensor rsqrt() => Operator.Call("rsqrt", this);

        public Tensor rsqrt_() => Operator.Change(this, "rsqrt_", this);

        public Tensor sigmoid() => Operator.Call("sigmoid", this);

        public Tensor sigmoid_() => Operator.Change(this, "sigmoid_", this);

        public Tensor sign() => Operator.Call("sign", this);

        public Tensor sign_() => Operator.Change(this, "sign_", this);

        public Tensor sin() => Operator.Call("sin", this);

        public Tensor sin_() => Operator.Change(this, "sin_", this);

        public Tensor sinh() => Operator.Call("sinh", this);

        public Tensor sinh_() => Operator.Change(this, "sinh_", this);

        public Tensor sqrt() => Operator.Call("sqrt", this);

        public Tensor sqrt_() => Operator.Change(this, "sqrt_", this);

        public Tensor square() => Operator.Call("square", this);

        public Tensor tan() => Operator.Call("tan", this);

        public Tensor tan_() => Operator.Change(this, "tan_", this);

        public Tensor tanh() => Operator.Call("tanh", this);

        public Tensor tanh_() => Operator.Change(this, "tanh_", this);

        public Tensor trunc() => Operator.Call("trunc", this);

        public Tensor trunc_() => Operator.Change(this, "trunc_", this);

        public Tensor relu() => Operator.Call("relu", this);

        public Tensor relu_() => Operator.Change(this, "relu_", this);

        public Tensor relu6() => Operator.Call("relu6", this);

        public Tensor relu6_() => Operator.Change(this, "relu6_", this);

        public Tensor silu() => Operator.Call("silu", this);

        public Tensor silu_() => Operator.Change(this, "silu_", this);

        public Tensor hardsigmoid() => Operator.Call("hardsigmoid", this);

        public Tensor hardsigmoid_() => Operator.Change(this, "hardsigmoid_", this);

        public Tensor hardswish() => Operator.Call("hardswish", this);

        public Tensor hardswish_() => Operator.Change(this, "hardswish_", this);

        public Tensor absolute() => abs();

        public Tensor absolute_() => abs_();

        public Tensor negative() => neg();

        public Tensor positive() => Operator.Call("positive", this);

        public Tensor round(long decimals = 0L) => Operator.Call("round.decimals", this, decimals);

        public Tensor round_(long decimals = 0L) => Operator.Change(this, "round_.decimals", this, decimals);

        public Tensor bitwise_not() => Operator.Call("bitwise_not", this);

        public Tensor isnan() => Operator.Call("isnan", this);

        public Tensor isinf() => Operator.Call("isinf", this);

        public Tensor isfinite() => Operator.Call("isfinite", this);

        public Tensor gelu() => Operator.Call("gelu", this);

        public Tensor gelu_() => Operator.Change(this, "gelu_", this);

        public Tensor log_sigmoid() => Operator.Call("log_sigmoid", this);

        public Tensor selu() => Operator.Call("selu", this);

        public Tensor leaky_relu(Scalar negative_slope) => Operator.Call("leaky_relu", this, negative_slope);

        public Tensor leaky_relu_(Scalar negative_slope) => Operator.Change(this, "leaky_relu_", this, negative_slope);

        public Tensor elu(double alpha = 1) => elu(alpha, 1.0, 1.0);

        public Tensor elu(Scalar alpha, Scalar scale, Scalar input_scale) => Operator.Call("elu", this, alpha, scale, input_scale);

        public Tensor prelu(Tensor target) => Operator.Call("prelu", this, target);

        public Tensor softplus(double beta = 1, double threshold = 20) => Operator.Call("softplus", this, beta, threshold);

        public Tensor threshold(Scalar threshold, Scalar value) => Operator.Call("threshold", this, threshold, value);

        public Tensor softmax(long dim, ScalarType? dtype = null) => Operator.Call("softmax.int", this, dim, dtype);

        public Tensor log_softmax(long dim, ScalarType? dtype = null) => Operator.Call("log_softmax.int", this, dim, dtype);
    }
}
