using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using TorchSharp;
using static TorchSharp.torch;

namespace NLCL.Training;

/// <summary><see cref="PatchDistances"/> in plain memory: channel by channel, so that all that is worked on lies in the first cache.</summary>
static unsafe class ProcessorDistances
{
    /// <summary>Whether it can: 32-bit numbers in the memory of a processor with vector units.</summary>
    public static bool Takes(Tensor features) =>
        features.device_type == DeviceType.CPU && features.dtype == ScalarType.Float32 && Vector256.IsHardwareAccelerated;

    // Rows of candidates below which a thread of its own is not worth its start.
    const int FewestRows = 16;

    /// <summary>Compares each picture's anchor with every patch of its window, on as many threads as libtorch is allowed.</summary>
    /// <param name="features"><c>[N, C, H, W]</c>, as <see cref="Takes"/> asks.</param>
    /// <param name="windows">One per picture, all of one size.</param>
    /// <param name="patch">Side P of the patches.</param>
    /// <returns>For each picture <c>Height - P + 1</c> rows of <c>Width - P + 1</c> squared distances, by the patches' upper left corners; 0 or more.</returns>
    public static float[] Squared(Tensor features, IReadOnlyList<PatchWindow> windows, int patch)
    {
        using var still = features.contiguous();
        var shape = still.shape;
        var (rows, columns) = ((int)windows[0].Height - patch + 1, (int)windows[0].Width - patch + 1);
        var squared = new float[windows.Count * rows * columns];
        var parts = Math.Clamp(get_num_threads() / windows.Count, 1, Math.Max(1, rows / FewestRows));
        fixed (float* pixels = MemoryMarshal.Cast<byte, float>(still.bytes))
        {
            var address = (nint)pixels;
            SideBySide(windows.Count * parts, item =>
            {
                var (picture, part) = (item / parts, item % parts);
                var (first, end) = (rows * part / parts, rows * (part + 1) / parts);
                var whole = windows[picture];
                var own = whole with { Top = whole.Top + first, Height = end - first + patch - 1, AnchorTop = whole.AnchorTop - first };
                Squared(
                    (float*)address + (picture * shape[1] * shape[2] * shape[3]), shape, own, patch,
                    squared.AsSpan(((picture * rows) + first) * columns, (end - first) * columns));
            });
        }

        return squared;
    }

    /// <summary>Does so many pieces of work on as many threads as libtorch is allowed.</summary>
    public static void SideBySide(int count, Action<int> work)
    {
        var threads = Math.Min(get_num_threads(), count);
        if (threads > 1)
        {
            Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = threads }, work);
            return;
        }

        for (var item = 0; item < count; item++) { work(item); }
    }

    // The anchor may lie outside the window, above or below.
    static void Squared(float* pixels, long[] shape, PatchWindow place, int patch, Span<float> squared)
    {
        var (channels, mapHeight, mapWidth) = ((int)shape[1], (int)shape[2], (int)shape[3]);
        var (height, width) = ((int)place.Height, (int)place.Width);
        var (rows, columns) = (height - patch + 1, width - patch + 1);
        var (blocksDown, blocksAcross) = (Blocks(rows, WindowCorrelation.BlockHeight), Blocks(columns, WindowCorrelation.BlockWidth));
        var stride = Blocks((blocksAcross * WindowCorrelation.BlockWidth) + patch, Vector256<float>.Count) * Vector256<float>.Count;
        const int Block = WindowCorrelation.BlockHeight * WindowCorrelation.BlockWidth, Margin = WindowCorrelation.BlockHeight - 1;
        var windowLength = ((blocksDown * WindowCorrelation.BlockHeight) + patch) * stride;
        var anchorLength = (patch + (2 * Margin)) * patch;
        var sumsLength = blocksDown * blocksAcross * Block;
        var length = windowLength + anchorLength + sumsLength + (height * stride);

        var memory = ArrayPool<float>.Shared.Rent(length);
        memory.AsSpan(0, length).Clear(); // what pads window and anchor has to be 0
        fixed (float* window = memory)
        {
            float* anchor = window + windowLength, sums = anchor + anchorLength, energy = sums + sumsLength;
            var anchorEnergy = 0f;
            var means = Vector128<float>.Zero;
            var squares = Vector128<float>.Zero;
            for (var channel = 0; channel < channels; channel++)
            {
                var source = pixels + (((((long)channel * mapHeight) + place.Top) * mapWidth) + place.Left);
                var anchorSource = source + (place.AnchorTop * mapWidth) + place.AnchorLeft;
                if (channel % 4 == 0)
                {
                    (means, squares) = FourAnchors(anchorSource, mapHeight * (long)mapWidth, Math.Min(4, channels - channel), mapWidth, patch);
                }

                var mean = means[channel % 4];
                anchorEnergy += squares[channel % 4];
                CopyAnchor(anchorSource, mapWidth, mean, patch, anchor + (Margin * patch));
                CopyCentred(source, mapWidth, mean, height, width, window, energy, stride);
                for (var block = 0; block < blocksDown * blocksAcross; block++)
                {
                    var (down, across) = (block / blocksAcross, block % blocksAcross);
                    var start = window + (down * WindowCorrelation.BlockHeight * stride) + (across * WindowCorrelation.BlockWidth);
                    WindowCorrelation.AddBlock(start, stride, anchor, patch, sums + (block * Block));
                }
            }

            BoxSums.InPlace(energy, stride, height, columns, patch);
            for (var index = 0; index < rows * blocksAcross; index++)
            {
                var (row, across) = (index / blocksAcross, index % blocksAcross);
                var first = across * WindowCorrelation.BlockWidth;
                var block = ((row / WindowCorrelation.BlockHeight) * blocksAcross) + across;
                var correlation = sums + (((block * WindowCorrelation.BlockHeight) + (row % WindowCorrelation.BlockHeight)) * WindowCorrelation.BlockWidth);
                Combine(
                    energy + (row * stride) + first, correlation, anchorEnergy,
                    squared.Slice((row * columns) + first, Math.Min(WindowCorrelation.BlockWidth, columns - first)));
            }
        }

        ArrayPool<float>.Shared.Return(memory);
    }

    // A shift of all values leaves distances as they are; around the anchor's mean the three terms are small, so that their
    // sum loses few digits. Of up to four channels side by side: each sum waits for its last addition.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static (Vector128<float> Means, Vector128<float> Squares) FourAnchors(float* source, long channelStride, int channels, int sourceStride, int patch)
    {
        float* second = source + (channelStride * Math.Min(1, channels - 1));
        float* third = source + (channelStride * Math.Min(2, channels - 1));
        float* fourth = source + (channelStride * Math.Min(3, channels - 1));
        var means = Vector128<float>.Zero;
        for (var row = 0; row < patch; row++)
        {
            for (var at = row * sourceStride; at < (row * sourceStride) + patch; at++)
            {
                means += Vector128.Create(source[at], second[at], third[at], fourth[at]);
            }
        }

        means /= patch * patch;
        var squares = Vector128<float>.Zero;
        for (var row = 0; row < patch; row++)
        {
            for (var at = row * sourceStride; at < (row * sourceStride) + patch; at++)
            {
                var values = Vector128.Create(source[at], second[at], third[at], fourth[at]) - means;
                squares += values * values;
            }
        }

        return (means, squares);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void CopyAnchor(float* source, int sourceStride, float mean, int patch, float* anchor)
    {
        for (var row = 0; row < patch; row++, source += sourceStride, anchor += patch)
        {
            var column = 0;
            for (; column <= patch - Vector256<float>.Count; column += Vector256<float>.Count)
            {
                (Vector256.Load(source + column) - Vector256.Create(mean)).Store(anchor + column);
            }

            for (; column < patch; column++) { anchor[column] = source[column] - mean; }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void CopyCentred(float* source, int sourceStride, float mean, int height, int width, float* window, float* energy, int stride)
    {
        var whole = width / Vector256<float>.Count * Vector256<float>.Count;
        // What is left of a row ends the vector that ends with the row; it comes to the front, with 0 behind it.
        var last = width - Vector256<float>.Count;
        var order = Vector256<int>.Indices + Vector256.Create(whole - last);
        for (var row = 0; row < height; row++, source += sourceStride, window += stride, energy += stride)
        {
            for (var column = 0; column < whole; column += Vector256<float>.Count)
            {
                Put(Vector256.Load(source + column) - Vector256.Create(mean), window + column, energy + column);
            }

            if (last >= 0 && whole < width)
            {
                Put(Vector256.Shuffle(Vector256.Load(source + last) - Vector256.Create(mean), order), window + whole, energy + whole);
            }

            for (var column = 0; last < 0 && column < width; column++)
            {
                var value = source[column] - mean;
                window[column] = value;
                energy[column] = MathF.FusedMultiplyAdd(value, value, energy[column]);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Put(Vector256<float> values, float* window, float* energy)
    {
        values.Store(window);
        Vector256.FusedMultiplyAdd(values, values, Vector256.Load(energy)).Store(energy);
    }

    // |p|² - 2 p·a + |a|²; rounding must not make it negative.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Combine(float* energy, float* correlation, float anchorEnergy, Span<float> squared)
    {
        var column = 0;
        for (; column <= squared.Length - Vector256<float>.Count; column += Vector256<float>.Count)
        {
            var values = Vector256.Load(energy + column) - (2 * Vector256.Load(correlation + column)) + Vector256.Create(anchorEnergy);
            Vector256.Max(values, Vector256<float>.Zero).CopyTo(squared[column..]);
        }

        for (; column < squared.Length; column++)
        {
            squared[column] = MathF.Max(energy[column] - (2 * correlation[column]) + anchorEnergy, 0);
        }
    }

    static int Blocks(int length, int side) => (length + side - 1) / side;
}
