using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public unsafe partial class Tensor
    {
        public Tensor add(Tensor target) => Operator.Call("add.Tensor", this, target);

        public Tensor add(Tensor target, Scalar alpha) => Operator.Call("add.Tensor", this, target, alpha);

        public Tensor add_(Tensor target) => Operator.Change(this, "add_.Tensor", this, target);

        public Tensor add_(Tensor target, Scalar alpha) => Operator.Change(this, "add_.Tensor", this, target, alpha);

        public Tensor add(Scalar scalar) => Operator.Call("add.Scalar", this, scalar);

        public Tensor add(Scalar scalar, Scalar alpha) => Operator.Call("add.Scalar", this, scalar, alpha);

        public Tensor add_(Scalar scalar) => Operator.Change(this, "add_.Scalar", this, scalar);

        public Tensor add_(Scalar scalar, Scalar alpha) => Operator.Change(this, "add_.Scalar", this, scalar, alpha);

        public Tensor sub(Tensor target) => Operator.Call("sub.Tensor", this, target);

        public Tensor sub_(Tensor target) => Operator.Change(this, "sub_.Tensor", this, target);

        public Tensor sub(Scalar target) => Operator.Call("sub.Scalar", this, target);

        public Tensor sub_(Scalar target) => Operator.Change(this, "sub_.Scalar", this, target);

        public Tensor mul(Tensor target) => Operator.Call("mul.Tensor", this, target);

        public Tensor mul_(Tensor target) => Operator.Change(this, "mul_.Tensor", this, target);

        public Tensor mul(Scalar target) => Operator.Call("mul.Scalar", this, target);

        public Tensor mul_(Scalar target) => Operator.Change(this, "mul_.Scalar", this, target);

        public Tensor div(Tensor target, RoundingMode rounding_mode = RoundingMode.None) => Operator.Call("div.Tensor_mode", this, target, Text(rounding_mode));

        public Tensor div_(Tensor target, RoundingMode rounding_mode = RoundingMode.None) => Operator.Change(this, "div_.Tensor_mode", this, target, Text(rounding_mode));

        public Tensor div(Scalar target, RoundingMode rounding_mode = RoundingMode.None) => Operator.Call("div.Scalar_mode", this, target, Text(rounding_mode));

        public Tensor div_(Scalar target, RoundingMode rounding_mode = RoundingMode.None) => Operator.Change(this, "div_.Scalar_mode", this, target, Text(rounding_mode));

        public Tensor multiply(Tensor target) => mul(target);

        public Tensor multiply(Scalar target) => mul(target);

        public Tensor subtract(Tensor target) => sub(target);

        public Tensor divide(Tensor target, RoundingMode rounding_mode = RoundingMode.None) => div(target, rounding_mode);

        public Tensor pow(Tensor exponent) => Operator.Call("pow.Tensor_Tensor", this, exponent);

        public Tensor pow(Scalar exponent) => Operator.Call("pow.Tensor_Scalar", this, exponent);

        public Tensor pow_(Tensor exponent) => Operator.Change(this, "pow_.Tensor", this, exponent);

        public Tensor pow_(Scalar exponent) => Operator.Change(this, "pow_.Scalar", this, exponent);

        public Tensor remainder(Scalar scalar) => Operator.Call("remainder.Scalar", this, scalar);

        public Tensor remainder(Tensor target) => Operator.Call("remainder.Tensor", this, target);

        public Tensor fmod(Scalar scalar) => Operator.Call("fmod.Scalar", this, scalar);

        public Tensor fmod(Tensor target) => Operator.Call("fmod.Tensor", this, target);

        public Tensor addcmul(Tensor tensor1, Tensor tensor2, Scalar value) => Operator.Call("addcmul", this, tensor1, tensor2, value);

        public Tensor addcmul_(Tensor tensor1, Tensor tensor2, Scalar value) => Operator.Change(this, "addcmul_", this, tensor1, tensor2, value);

        public Tensor addcdiv(Tensor tensor1, Tensor tensor2, Scalar value) => Operator.Call("addcdiv", this, tensor1, tensor2, value);

        public Tensor addcdiv_(Tensor tensor1, Tensor tensor2, Scalar value) => Operator.Change(this, "addcdiv_", this, tensor1, tensor2, value);

        public Tensor lerp(Tensor end, Tensor weight) => Operator.Call("lerp.Tensor", this, end, weight);

        public Tensor lerp_(Tensor end, Tensor weight) => Operator.Change(this, "lerp_.Tensor", this, end, weight);

        public Tensor atan2(Tensor other) => Operator.Call("atan2", this, other);

        public Tensor hypot(Tensor other) => Operator.Call("hypot", this, other);

        public Tensor xlogy(Tensor y) => Operator.Call("xlogy.Tensor", this, y);

        public Tensor maximum(Tensor other) => Operator.Call("maximum", this, other);

        public Tensor minimum(Tensor other) => Operator.Call("minimum", this, other);

        public Tensor fmax(Tensor other) => Operator.Call("fmax", this, other);

        public Tensor fmin(Tensor other) => Operator.Call("fmin", this, other);

        public Tensor clamp(Scalar? min = null, Scalar? max = null) => Operator.Call("clamp", this, min, max);

        public Tensor clamp(Tensor? min = null, Tensor? max = null) => Operator.Call("clamp.Tensor", this, min, max);

        public Tensor clamp_(Scalar? min = null, Scalar? max = null) => Operator.Change(this, "clamp_", this, min, max);

        public Tensor clamp_(Tensor? min = null, Tensor? max = null) => Operator.Change(this, "clamp_.Tensor", this, min, max);

        public Tensor clip(Scalar? min = null, Scalar? max = null) => clamp(min, max);

        public Tensor clamp_max(Scalar max) => Operator.Call("clamp_max", this, max);

        public Tensor clamp_max_(Scalar max) => Operator.Change(this, "clamp_max_", this, max);

        public Tensor clamp_min(Scalar min) => Operator.Call("clamp_min", this, min);

        public Tensor clamp_min_(Scalar min) => Operator.Change(this, "clamp_min_", this, min);

        static string? Text(RoundingMode mode) => mode switch { RoundingMode.trunc => "trunc", RoundingMode.floor => "floor", _ => null };
    }
}
