using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public unsafe partial class Tensor
    {
        public Tensor eq(Tensor target) => Operator.Call("eq.Tensor", this, target);

        public Tensor eq_(Tensor target) => Operator.Change(this, "eq_.Tensor", this, target);

        public Tensor eq(Scalar target) => Operator.Call("eq.Scalar", this, target);

        public Tensor eq_(Scalar target) => Operator.Change(this, "eq_.Scalar", this, target);

        public Tensor equal(Tensor target) => eq(target);

        public Tensor ne(Tensor target) => Operator.Call("ne.Tensor", this, target);

        public Tensor ne_(Tensor target) => Operator.Change(this, "ne_.Tensor", this, target);

        public Tensor ne(Scalar target) => Operator.Call("ne.Scalar", this, target);

        public Tensor ne_(Scalar target) => Operator.Change(this, "ne_.Scalar", this, target);

        public Tensor not_equal(Tensor target) => ne(target);

        public Tensor lt(Tensor target) => Operator.Call("lt.Tensor", this, target);

        public Tensor lt_(Tensor target) => Operator.Change(this, "lt_.Tensor", this, target);

        public Tensor lt(Scalar target) => Operator.Call("lt.Scalar", this, target);

        public Tensor lt_(Scalar target) => Operator.Change(this, "lt_.Scalar", this, target);

        public Tensor less(Tensor target) => lt(target);

        public Tensor gt(Tensor target) => Operator.Call("gt.Tensor", this, target);

        public Tensor gt_(Tensor target) => Operator.Change(this, "gt_.Tensor", this, target);

        public Tensor gt(Scalar target) => Operator.Call("gt.Scalar", this, target);

        public Tensor gt_(Scalar target) => Operator.Change(this, "gt_.Scalar", this, target);

        public Tensor greater(Tensor target) => gt(target);

        public Tensor le(Tensor target) => Operator.Call("le.Tensor", this, target);

        public Tensor le_(Tensor target) => Operator.Change(this, "le_.Tensor", this, target);

        public Tensor le(Scalar target) => Operator.Call("le.Scalar", this, target);

        public Tensor le_(Scalar target) => Operator.Change(this, "le_.Scalar", this, target);

        public Tensor less_equal(Tensor target) => le(target);

        public Tensor ge(Tensor target) => Operator.Call("ge.Tensor", this, target);

        public Tensor ge_(Tensor target) => Operator.Change(this, "ge_.Tensor", this, target);

        public Tensor ge(Scalar target) => Operator.Call("ge.Scalar", this, target);

        public Tensor ge_(Scalar target) => Operator.Change(this, "ge_.Scalar", this, target);

        public Tensor greater_equal(Tensor target) => ge(target);

        public Tensor logical_and(Tensor other) => Operator.Call("logical_and", this, other);

        public Tensor logical_and_(Tensor other) => Operator.Change(this, "logical_and_", this, other);

        public Tensor logical_or(Tensor other) => Operator.Call("logical_or", this, other);

        public Tensor logical_or_(Tensor other) => Operator.Change(this, "logical_or_", this, other);

        public Tensor logical_xor(Tensor other) => Operator.Call("logical_xor", this, other);

        public Tensor logical_xor_(Tensor other) => Operator.Change(this, "logical_xor_", this, other);

        public Tensor bitwise_and(Tensor other) => Operator.Call("bitwise_and.Tensor", this, other);

        public Tensor bitwise_or(Tensor other) => Operator.Call("bitwise_or.Tensor", this, other);

        public Tensor bitwise_xor(Tensor other) => Operator.Call("bitwise_xor.Tensor", this, other);

        public bool allclose(Tensor target, double rtol = 1e-05, double atol = 1e-08, bool equal_nan = false) =>
            target is not null && Operator.Ask("allclose", this, target, rtol, atol, equal_nan);

        public Tensor isclose(Tensor other, double rtol = 1e-05, double atol = 1e-08, bool nanEqual = false) =>
            Operator.Call("isclose", this, other, rtol, atol, nanEqual);

        public Tensor masked_fill(Tensor mask, Scalar value) => Operator.Call("masked_fill.Scalar", this, mask, value);

        public Tensor masked_fill_(Tensor mask, Scalar value) => Operator.Change(this, "masked_fill_.Scalar", this, mask, value);

        public Tensor masked_select(Tensor mask) => Operator.Call("masked_select", this, mask);

        public Tensor masked_scatter(Tensor mask, Tensor value) => Operator.Call("masked_scatter", this, mask, value);

        public Tensor masked_scatter_(Tensor mask, Tensor value) => Operator.Change(this, "masked_scatter_", this, mask, value);

        public Tensor where(Tensor condition, Tensor y) => Operator.Call("where.self", condition, this, y);
    }
}
