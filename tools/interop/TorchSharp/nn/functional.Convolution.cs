using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            public static Tensor conv1d(
                Tensor input, Tensor weight, Tensor? bias = null, long? stride = null, long? padding = null, long? dilation = null, long groups = 1) =>
                Operator.Call("conv1d", input, weight, bias, new long[] { stride ?? 1 }, new long[] { padding ?? 0 }, new long[] { dilation ?? 1 }, groups);

            public static Tensor conv2d(
                Tensor input, Tensor weight, Tensor? bias = null, long[]? strides = null, long[]? padding = null, long[]? dilation = null,
                long groups = 1) =>
                Operator.Call("conv2d", input, weight, bias, Pair(strides, 1), Pair(padding, 0), Pair(dilation, 1), groups);

            public static Tensor conv2d_padding(
                Tensor input, Tensor weight, Tensor? bias = null, long[]? strides = null, Padding padding = Padding.Valid, long[]? dilation = null,
                long groups = 1) =>
                Operator.Call(
                    "conv2d.padding", input, weight, bias, Pair(strides, 1), padding == Padding.Same ? "same" : "valid", Pair(dilation, 1), groups);

            public static Tensor conv_transpose2d(
                Tensor input, Tensor weight, Tensor? bias = null, long[]? strides = null, long[]? padding = null, long[]? output_padding = null,
                long[]? dilation = null, long groups = 1) =>
                Operator.Call(
                    "conv_transpose2d.input", input, weight, bias, Pair(strides, 1), Pair(padding, 0), Pair(output_padding, 0), groups, Pair(dilation, 1));

            public static Tensor linear(Tensor input, Tensor weights, Tensor? bias = null) => Operator.Call("linear", input, weights, bias);

            public static Tensor unfold(
                Tensor input, (long, long) kernel_size, (long, long)? dilation = null, (long, long)? padding = null, (long, long)? stride = null) =>
                Operator.Call("im2col", input, Pair(kernel_size), Pair(dilation, 1), Pair(padding, 0), Pair(stride, 1));

            public static Tensor unfold(Tensor input, long kernel_size, long dilation = 1, long padding = 0, long stride = 1) =>
                unfold(input, (kernel_size, kernel_size), (dilation, dilation), (padding, padding), (stride, stride));

            public static Tensor fold(
                Tensor input, (long, long) output_size, (long, long) kernel_size, (long, long)? dilation = null, (long, long)? padding = null,
                (long, long)? stride = null) =>
                Operator.Call("col2im", input, Pair(output_size), Pair(kernel_size), Pair(dilation, 1), Pair(padding, 0), Pair(stride, 1));

            public static Tensor fold(
                Tensor input, long output_size, long kernel_size, long dilation = 1, long padding = 0, long stride = 1) =>
                fold(input, (output_size, output_size), (kernel_size, kernel_size), (dilation, dilation), (padding, padding), (stride, stride));

            /// <summary>The binding's boxed calls do not stretch one number over both dimensions, as libtorch's own C++ API does.</summary>
            internal static long[] Pair(long[]? values, long otherwise) => values switch
            {
                null or { Length: 0 } => [otherwise, otherwise],
                { Length: 1 } => [values[0], values[0]],
                _ => values,
            };

            internal static long[] Pair((long, long)? values, long otherwise) => values is var (first, second) ? [first, second] : [otherwise, otherwise];

            internal static long[] Pair((long, long) values) => [values.Item1, values.Item2];
        }
    }
}
