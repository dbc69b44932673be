using System;
using System.Collections.Generic;
using System.Linq;
using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public unsafe partial class Tensor
    {
        public Tensor view(params long[] shape) => Operator.Call("view", this, shape);

        public Tensor view_as(Tensor other) => view(other.shape);

        public Tensor reshape(params long[] shape) => Operator.Call("reshape", this, shape);

        public Tensor flatten(long start_dim = 0, long end_dim = -1) => Operator.Call("flatten.using_ints", this, start_dim, end_dim);

        public Tensor unflatten(long dim, params long[] sizes) => Operator.Call("unflatten.int", this, dim, sizes);

        public Tensor ravel() => Operator.Call("ravel", this);

        public Tensor permute(params long[] permutation) => Operator.Call("permute", this, permutation);

        public Tensor permute(IEnumerable<long> permutation) => permute([.. permutation]);

        public Tensor t() => Operator.Call("t", this);

        public Tensor T => permute([.. Enumerable.Range(0, (int)ndim).Reverse().Select(dim => (long)dim)]);

        public Tensor mT => transpose(-2, -1);

        public Tensor transpose(long dim0, long dim1) => Operator.Call("transpose.int", this, dim0, dim1);

        public Tensor transpose_(long dim0, long dim1) => Operator.Change(this, "transpose_", this, dim0, dim1);

        public Tensor swapdims(long dim0, long dim1) => transpose(dim0, dim1);

        public Tensor movedim(long[] source, long[] destination) => Operator.Call("movedim.intlist", this, source, destination);

        public Tensor squeeze(long? dim = null) => dim is { } one ? Operator.Call("squeeze.dim", this, one) : Operator.Call("squeeze", this);

        public Tensor squeeze_(long? dim = null) =>
            dim is { } one ? Operator.Change(this, "squeeze_.dim", this, one) : Operator.Change(this, "squeeze_", this);

        public Tensor unsqueeze(long dim) => Operator.Call("unsqueeze", this, dim);

        public Tensor unsqueeze_(long dim) => Operator.Change(this, "unsqueeze_", this, dim);

        public Tensor expand(ReadOnlySpan<long> sizes, bool isImplicit = false) => Operator.Call("expand", this, sizes, isImplicit);

        public Tensor expand(long[] sizes, bool isImplicit = false) => Operator.Call("expand", this, sizes, isImplicit);

        public Tensor expand(Size sizes, bool isImplicit = false) => expand(sizes.Shape, isImplicit);

        public Tensor expand(params long[] sizes) => Operator.Call("expand", this, sizes);

        public Tensor expand_as(Tensor other) => expand(other.shape);

        public Tensor broadcast_to(params long[] shape) => Operator.Call("broadcast_to", this, shape);

        public Tensor repeat(params long[] sizes) => Operator.Call("repeat", this, sizes);

        public Tensor repeat_interleave(long repeats, long? dim = null, long? output_size = null) =>
            Operator.Call("repeat_interleave.self_int", this, repeats, dim, output_size);

        public Tensor tile(long[] reps) => Operator.Call("tile", this, reps);

        public Tensor[] split(long size, int dim = 0) => Operator.CallMany("split.Tensor", this, size, dim);

        public Tensor[] split(ReadOnlySpan<long> sizes, long dim = 0) => Operator.CallMany("split_with_sizes", this, sizes, dim);

        public Tensor[] split(long[] sizes, long dim = 0) => Operator.CallMany("split_with_sizes", this, sizes, dim);

        public Tensor[] split(params long[] sizes) => Operator.CallMany("split_with_sizes", this, sizes, 0);

        public Tensor[] tensor_split(long size, long dim = 0L) => Operator.CallMany("tensor_split.sections", this, size, dim);

        public Tensor[] chunk(long chunks, long dim = 0L) => Operator.CallMany("chunk", this, chunks, dim);

        public Tensor[] unbind(long dimension = 0L) => Operator.CallMany("unbind.int", this, dimension);

        public Tensor unfold(long dimension, long size, long step) => Operator.Call("unfold", this, dimension, size, step);

        public Tensor narrow(long dim, long start, long length) => Operator.Call("narrow", this, dim, start, length);

        public Tensor slice(long dim, long start, long finish, long step) =>
            step >= 1
                ? Operator.Call("slice.Tensor", this, dim, start, finish, step)
                : throw new ArgumentException($"step is {step}, but it should always be positive.");

        public Tensor select(long dim, long index) => Operator.Call("select.int", this, dim, index);

        public Tensor flip(params long[] dims) => Operator.Call("flip", this, dims);

        public Tensor fliplr() => Operator.Call("fliplr", this);

        public Tensor flipud() => Operator.Call("flipud", this);

        public Tensor rot90(long k = 1, (long, long)? dims = null)
        {
            var (first, second) = dims ?? (0, 1);
            return Operator.Call("rot90", this, k, new long[] { first, second });
        }

        public Tensor roll(long shifts, long? dims = null) =>
            Operator.Call("roll", this, new long[] { shifts }, dims is { } one ? new long[] { one } : Array.Empty<long>());

        public Tensor roll((long, long) shifts, (long, long) dims) =>
            roll([shifts.Item1, shifts.Item2], [dims.Item1, dims.Item2]);

        public Tensor roll(long[] shifts, long[] dims) => Operator.Call("roll", this, shifts, dims);

        public Tensor roll(ReadOnlySpan<long> shifts, ReadOnlySpan<long> dims = default) => Operator.Call("roll", this, shifts, dims);

        public Tensor tril(long diagonal = 0) => Operator.Call("tril", this, diagonal);

        public Tensor tril_(long diagonal = 0) => Operator.Change(this, "tril_", this, diagonal);

        public Tensor triu(long diagonal = 0) => Operator.Call("triu", this, diagonal);

        public Tensor triu_(long diagonal = 0) => Operator.Change(this, "triu_", this, diagonal);

        public Tensor diag(long diagonal = 0) => Operator.Call("diag", this, diagonal);

        public Tensor diagonal(long offset = 0L, long dim1 = 0L, long dim2 = 1L) => Operator.Call("diagonal", this, offset, dim1, dim2);

        public Tensor diag_embed(long offset = 0L, long dim1 = -2L, long dim2 = -1L) =>
            Operator.Call("diag_embed", this, offset, dim1, dim2);

        public Tensor as_strided(long[] size, long[] strides, long storageOffset = 0L) =>
            Operator.Call("as_strided", this, size, strides, storageOffset);

        public Tensor channel_shuffle(long groups) => Operator.Call("channel_shuffle", this, groups);
    }
}
