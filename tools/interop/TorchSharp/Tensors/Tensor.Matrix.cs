using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public unsafe partial class Tensor
    {
        public Tensor matmul(Tensor target) => Operator.Call("matmul", this, target);

        public Tensor mm(Tensor target) => Operator.Call("mm", this, target);

        public Tensor mv(Tensor target) => Operator.Call("mv", this, target);

        public Tensor bmm(Tensor batch2) => Operator.Call("bmm", this, batch2);

        public Tensor dot(Tensor target) => Operator.Call("dot", this, target);

        public Tensor outer(Tensor vec2) => Operator.Call("outer", this, vec2);

        public Tensor addmm(Tensor mat1, Tensor mat2, float beta = 1, float alpha = 1) =>
            Operator.Call("addmm", this, mat1, mat2, (double)beta, (double)alpha);

        public Tensor baddbmm(Tensor batch1, Tensor batch2, float beta = 1, float alpha = 1) =>
            Operator.Call("baddbmm", this, batch1, batch2, (double)beta, (double)alpha);

        public Tensor trace() => Operator.Call("trace", this);
    }
}
