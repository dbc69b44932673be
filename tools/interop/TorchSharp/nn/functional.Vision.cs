using System;
using System.Linq;
using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            public static Tensor pad(Tensor input, long[] pad, PaddingModes mode = PaddingModes.Constant, double value = 0) =>
                functional.pad(input, (ReadOnlySpan<long>)pad, mode, value);

            /// <summary>Sizes come in pairs, last dimension first.</summary>
            public static Tensor pad(Tensor input, ReadOnlySpan<long> pad, PaddingModes mode = PaddingModes.Constant, double value = 0)
            {
                var kind = mode switch
                {
                    PaddingModes.Reflect => "reflection",
                    PaddingModes.Replicate => "replication",
                    PaddingModes.Circular => "circular",
                    _ => null,
                };
                return kind switch
                {
                    null => Operator.Call("constant_pad_nd", input, pad, value),
                    "circular" => Circular(input, pad),
                    _ => Operator.Call($"{kind}_pad{pad.Length / 2}d", input, pad),
                };
            }

            public static Tensor pad(Tensor input, (long, long) pad, PaddingModes mode = PaddingModes.Constant, double value = 0) =>
                functional.pad(input, [pad.Item1, pad.Item2], mode, value);

            public static Tensor pad(Tensor input, (long, long, long, long) pad, PaddingModes mode = PaddingModes.Constant, double value = 0) =>
                functional.pad(input, [pad.Item1, pad.Item2, pad.Item3, pad.Item4], mode, value);

            public static Tensor pad(Tensor input, long pad, PaddingModes mode = PaddingModes.Constant, double value = 0)
            {
                var all = new long[input.ndim * 2];
                Array.Fill(all, pad);
                return functional.pad(input, all, mode, value);
            }

            public static Tensor grid_sample(
                Tensor input, Tensor grid, GridSampleMode mode = GridSampleMode.Bilinear,
                GridSamplePaddingMode padding_mode = GridSamplePaddingMode.Zeros, bool? align_corners = null) =>
                Operator.Call(
                    "grid_sampler", input, grid, mode == GridSampleMode.Nearest ? 1 : 0,
                    padding_mode switch { GridSamplePaddingMode.Border => 1, GridSamplePaddingMode.Reflection => 2, _ => 0 }, align_corners ?? false);

            public static Tensor affine_grid(Tensor theta, long[]? size = null, bool align_corners = false) =>
                Operator.Call("affine_grid_generator", theta, size ?? [], align_corners);

            /// <summary>1 to 3 spatial dimensions, by size or by factor.</summary>
            public static Tensor interpolate(
                Tensor x, long[]? size = null, double[]? scale_factor = null, InterpolationMode mode = InterpolationMode.Nearest,
                bool? align_corners = null, bool recompute_scale_factor = false, bool antialias = false)
            {
                var spatial = (int)x.ndim - 2;
                if (size is null == scale_factor is null)
                {
                    throw new ArgumentException("Exactly one of size and scale_factor must be given.");
                }
                if (scale_factor is { Length: 1 } && spatial > 1)
                {
                    scale_factor = [.. Enumerable.Repeat(scale_factor[0], spatial)];
                }
                if (size is { Length: 1 } && spatial > 1)
                {
                    size = [.. Enumerable.Repeat(size[0], spatial)];
                }
                if (scale_factor is not null && (recompute_scale_factor || mode == InterpolationMode.Area))
                {
                    var shape = x.shape;
                    size = [.. scale_factor.Select((factor, dim) => (long)Math.Floor(shape[dim + 2] * factor))];
                    scale_factor = null;
                }
                if (antialias)
                {
                    return (mode, spatial) switch
                    {
                        (InterpolationMode.Bilinear, 2) => Operator.Call("_upsample_bilinear2d_aa.vec", x, size, align_corners ?? false, scale_factor),
                        (InterpolationMode.Bicubic, 2) => Operator.Call("_upsample_bicubic2d_aa.vec", x, size, align_corners ?? false, scale_factor),
                        _ => throw new ArgumentException("Only bilinear and bicubic resizing of pictures can be antialiased.", nameof(antialias)),
                    };
                }
                return (mode, spatial) switch
                {
                    (InterpolationMode.Nearest, _) => Operator.Call($"upsample_nearest{spatial}d.vec", x, size, scale_factor),
                    (InterpolationMode.Area, _) => Operator.Call($"adaptive_avg_pool{spatial}d", x, size),
                    (InterpolationMode.Linear, 1) => Operator.Call("upsample_linear1d.vec", x, size, align_corners ?? false, scale_factor),
                    (InterpolationMode.Bilinear, 2) => Operator.Call("upsample_bilinear2d.vec", x, size, align_corners ?? false, scale_factor),
                    (InterpolationMode.Bicubic, 2) => Operator.Call("upsample_bicubic2d.vec", x, size, align_corners ?? false, scale_factor),
                    (InterpolationMode.Trilinear, 3) => Operator.Call("upsample_trilinear3d.vec", x, size, align_corners ?? false, scale_factor),
                    _ => throw new NotImplementedException($"{mode} does not fit a tensor of {x.ndim} dimensions."),
                };
            }

            public static Tensor pixel_shuffle(Tensor input, long upscale_factor) => Operator.Call("pixel_shuffle", input, upscale_factor);

            public static Tensor pixel_unshuffle(Tensor input, long downscale_factor) => Operator.Call("pixel_unshuffle", input, downscale_factor);

            static Tensor Circular(Tensor input, ReadOnlySpan<long> pad)
            {
                using var scope = NewDisposeScope();
                var padded = input.alias();
                for (var i = 0; i < pad.Length / 2; i++)
                {
                    var dim = input.ndim - 1 - i;
                    var length = padded.shape[dim];
                    padded = cat([padded.narrow(dim, length - pad[2 * i], pad[2 * i]), padded, padded.narrow(dim, 0, pad[2 * i + 1])], dim);
                }
                return padded.MoveToOuterDisposeScope();
            }
        }
    }
}
