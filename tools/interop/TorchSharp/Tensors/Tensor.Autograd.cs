using System.Collections.Generic;
using System.Linq;
using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public unsafe partial class Tensor
    {
        public bool is_leaf => NativeMethods.nlcl_is_leaf(Handle) != 0;

        public bool requires_grad
        {
            get => NativeMethods.nlcl_requires_grad(Handle) != 0;
            set => NativeMethods.Check(NativeMethods.nlcl_set_requires_grad(Handle, value ? 1 : 0));
        }

        /// <summary>Every read hands out a new reference, which the caller's scope owns.</summary>
        public Tensor? grad
        {
            get
            {
                NativeMethods.Check(NativeMethods.nlcl_grad(Handle, out var found));
                return found == 0 ? null : new(found);
            }
            set => NativeMethods.Check(NativeMethods.nlcl_set_grad(Handle, value?.Handle ?? 0));
        }

        public Tensor requires_grad_(bool requires_grad = true)
        {
            this.requires_grad = requires_grad;
            return this;
        }

        public Tensor with_requires_grad(bool requires_grad = true) => requires_grad_(requires_grad);

        public void retain_grad() => NativeMethods.Check(NativeMethods.nlcl_retain_grad(Handle));

        public void backward() => autograd.backward([this]);

        public void backward(
            IList<Tensor>? grad_tensors = null, bool retain_graph = false, bool create_graph = false, IList<Tensor>? inputs = null) =>
            autograd.backward([this], grad_tensors, retain_graph, create_graph, inputs);

        public Tensor detach() => Operator.Call("detach", this);

        public Tensor detach_() => Operator.Change(this, "detach_", this);
    }

    public static unsafe partial class autograd
    {
        public static IList<Tensor> grad(
            IList<Tensor> outputs, IList<Tensor> inputs, IList<Tensor>? grad_outputs = null, bool retain_graph = false,
            bool create_graph = false, bool allow_unused = false)
        {
            var found = new nint[inputs.Count];
            var weights = Handles(grad_outputs);
            NativeMethods.Check(NativeMethods.nlcl_gradients(
                Handles(outputs), outputs.Count, Handles(inputs), inputs.Count, weights, weights.Length,
                retain_graph || create_graph ? 1 : 0, create_graph ? 1 : 0, allow_unused ? 1 : 0, found));
            System.GC.KeepAlive(outputs);
            return [.. found.Select(handle => handle == 0 ? null! : new Tensor(handle))];
        }

        public static void backward(
            IList<Tensor> tensors, IList<Tensor>? grad_tensors = null, bool? retain_graph = null, bool create_graph = false,
            IList<Tensor>? inputs = null)
        {
            var weights = Handles(grad_tensors);
            var leaves = Handles(inputs);
            NativeMethods.Check(NativeMethods.nlcl_backward(
                Handles(tensors), tensors.Count, weights, weights.Length, retain_graph ?? create_graph ? 1 : 0,
                create_graph ? 1 : 0, leaves, leaves.Length));
            System.GC.KeepAlive(tensors);
            System.GC.KeepAlive(grad_tensors);
        }

        static nint[] Handles(IList<Tensor>? tensors) => tensors is null ? [] : [.. tensors.Select(tensor => tensor.Handle)];
    }
}
