using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public unsafe partial class Tensor
    {
        [IndexerName("TensorItems")]
        public Tensor this[params TensorIndex[] indices]
        {
            get => index(indices);
            set => index_put_(value, indices);
        }

        [IndexerName("TensorItems")]
        public Tensor this[params Tensor[] indices]
        {
            get => index(indices);
            set => index_put_(value, indices);
        }

        [IndexerName("TensorItems")]
        public Tensor this[long i1]
        {
            get => select(0, i1);
            set => Assign(select(0, i1), value);
        }

        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2]
        {
            get => this[new long[] { i1, i2 }];
            set => this[new long[] { i1, i2 }] = value;
        }

        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2, long i3]
        {
            get => this[new long[] { i1, i2, i3 }];
            set => this[new long[] { i1, i2, i3 }] = value;
        }

        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2, long i3, long i4]
        {
            get => this[new long[] { i1, i2, i3, i4 }];
            set => this[new long[] { i1, i2, i3, i4 }] = value;
        }

        [IndexerName("TensorItems")]
        public Tensor this[params long[] indices]
        {
            get => index([.. indices.Select(position => TensorIndex.Single(position))]);
            set => index_put_(value, [.. indices.Select(position => TensorIndex.Single(position))]);
        }

        public Tensor index(params TensorIndex[] indices)
        {
            var (view, tensors) = Cut(indices);
            if (tensors.All(tensor => tensor is null))
            {
                return view;
            }
            var picked = Operator.Call("index.Tensor", view, Argument.OptionalTensors(tensors));
            view.Dispose();
            return picked;
        }

        public Tensor index(params Tensor[] indices) => index([.. indices.Select(TensorIndex.Tensor)]);

        public Tensor index_put_(Tensor value, params TensorIndex[] indices)
        {
            var (view, tensors) = Cut(indices);
            if (tensors.All(tensor => tensor is null))
            {
                Assign(view, value);
                return this;
            }
            Operator.Change(view, "index_put_", view, Argument.OptionalTensors(tensors), value);
            view.Dispose();
            return this;
        }

        public Tensor index_put_(Tensor value, params Tensor[] indices) => index_put_(value, [.. indices.Select(TensorIndex.Tensor)]);

        public Tensor index_put_(Scalar value, params TensorIndex[] indices)
        {
            using var single = full([], value, dtype, device);
            return index_put_(single, indices);
        }

        public Tensor index_put_(Scalar value, params Tensor[] indices) => index_put_(value, [.. indices.Select(TensorIndex.Tensor)]);

        public Tensor index_select(long dim, Tensor index) => Operator.Call("index_select", this, dim, index);

        public Tensor index_add(long dim, Tensor index, Tensor source, Scalar alpha) =>
            Operator.Call("index_add", this, dim, index, source, alpha);

        public Tensor index_add_(long dim, Tensor index, Tensor source, Scalar alpha) =>
            Operator.Change(this, "index_add_", this, dim, index, source, alpha);

        public Tensor index_copy_(long dim, Tensor index, Tensor source) => Operator.Change(this, "index_copy_", this, dim, index, source);

        public Tensor index_fill_(long dim, Tensor index, Scalar value) =>
            Operator.Change(this, "index_fill_.int_Scalar", this, dim, index, value);

        public Tensor take(Tensor index) => Operator.Call("take", this, index);

        public Tensor take_along_dim(Tensor indices) => Operator.Call("take_along_dim", this, indices);

        public Tensor take_along_dim(Tensor indices, long dim) => Operator.Call("take_along_dim", this, indices, dim);

        public Tensor gather(long dim, Tensor index) => Operator.Call("gather", this, dim, index);

        public Tensor scatter(long dim, Tensor index, Tensor src) => Operator.Call("scatter.src", this, dim, index, src);

        public Tensor scatter_(long dim, Tensor index, Tensor src) => Operator.Change(this, "scatter_.src", this, dim, index, src);

        public Tensor scatter_add(long dim, Tensor index, Tensor src) => Operator.Call("scatter_add", this, dim, index, src);

        public Tensor scatter_add_(long dim, Tensor index, Tensor src) => Operator.Change(this, "scatter_add_", this, dim, index, src);

        public Tensor nonzero() => Operator.Call("nonzero", this);

        public IList<Tensor> nonzero_as_list() => Operator.CallMany("nonzero_numpy", this);

        public Tensor argwhere() => Operator.Call("argwhere", this);

        static void Assign(Tensor view, Tensor value)
        {
            view.copy_(value);
            view.Dispose();
        }

        /// <summary>
        /// Applies everything but the tensors among the indices as views; the tensors come back at the dimensions they index.
        /// Intermediate views are released, so exactly one new tensor enters the caller's scope.
        /// </summary>
        (Tensor View, Tensor?[] Tensors) Cut(TensorIndex[] indices)
        {
            var view = alias();
            var tensors = new List<Tensor?>();
            var used = indices.Count(index => index.kind is TensorIndex.Kind.Single or TensorIndex.Kind.Slice)
                + indices.Sum(index => index.kind == TensorIndex.Kind.Tensor ? Width(index.tensor!) : 0);
            foreach (var index in indices)
            {
                var dim = tensors.Count;
                switch (index.kind)
                {
                    case TensorIndex.Kind.Single:
                        Replace(ref view, view.select(dim, index.start ?? 0));
                        break;
                    case TensorIndex.Kind.Slice:
                        if (index.start is not null || index.stop is not null || index.step is not null)
                        {
                            Replace(ref view, Operator.Call("slice.Tensor", view, dim, index.start, index.stop, index.step ?? 1));
                        }
                        tensors.Add(null);
                        break;
                    case TensorIndex.Kind.Ellipsis:
                        tensors.AddRange(Enumerable.Repeat<Tensor?>(null, (int)(ndim - used)));
                        break;
                    case TensorIndex.Kind.Tensor:
                        tensors.Add(index.tensor);
                        break;
                    default:
                        Replace(ref view, view.unsqueeze(dim));
                        tensors.Add(null);
                        break;
                }
            }
            return (view, [.. tensors]);

            static int Width(Tensor tensor) => tensor.dtype is ScalarType.Bool or ScalarType.Byte ? (int)tensor.ndim : 1;

            static void Replace(ref Tensor view, Tensor next)
            {
                view.Dispose();
                view = next;
            }
        }
    }
}
