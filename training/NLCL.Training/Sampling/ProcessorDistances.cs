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
        var stride = (blocksAcross * WindowCorrelation.BlockWidth) + patch;
        const int Block = WindowCorrelation.BlockHeight * WindowCorrelation.BlockWidth, Margin = WindowCorrelation.BlockHeight - 1;
        var windowLength = ((blocksDown * WindowCorrelation.BlockHeight) + patch) * stride;
        var anchorLength = (patch + (2 * Margin)) * patch;
        var sumsLength = blocksDown * blocksAcross * Block;

        var memory = ArrayPool<float>.Shared.Rent(windowLength + anchorLength + sumsLength + (height * width));
        memory.AsSpan().Clear(); // what pads window and anchor has to be 0
        fixed (float* window = memory)
        {
            float* anchor = window + windowLength, sums = anchor + anchorLength, energy = sums + sumsLength;
            var anchorEnergy = 0f;
            for (var channel = 0; channel < channels; channel++)
            {
                var source = pixels + (((((long)channel * mapHeight) + place.Top) * mapWidth) + place.Left);
                var (mean, square) = CopyAnchor(source + (place.AnchorTop * mapWidth) + place.AnchorLeft, mapWidth, patch, anchor + (Margin * patch));
                anchorEnergy += square;
                CopyCentred(source, mapWidth, mean, height, width, window, stride, energy);
                for (var block = 0; block < blocksDown * blocksAcross; block++)
                {
                    var (down, across) = (block / blocksAcross, block % blocksAcross);
                    var start = window + (down * WindowCorrelation.BlockHeight * stride) + (across * WindowCorrelation.BlockWidth);
                    WindowCorrelation.AddBlock(start, stride, anchor, patch, sums + (block * Block));
                }
            }

            BoxSums(energy, height, width, patch);
            for (var index = 0; index < rows * blocksAcross; index++)
            {
                var (row, across) = (index / blocksAcross, index % blocksAcross);
                var first = across * WindowCorrelation.BlockWidth;
                var block = ((row / WindowCorrelation.BlockHeight) * blocksAcross) + across;
                var correlation = sums + (((block * WindowCorrelation.BlockHeight) + (row % WindowCorrelation.BlockHeight)) * WindowCorrelation.BlockWidth);
                for (var column = 0; column < Math.Min(WindowCorrelation.BlockWidth, columns - first); column++)
                {
                    squared[(row * columns) + first + column] =
                        MathF.Max(energy[(row * width) + first + column] - (2 * correlation[column]) + anchorEnergy, 0);
                }
            }
        }

        ArrayPool<float>.Shared.Return(memory);
    }

    // A shift of all values leaves distances as they are; around the anchor's mean the three terms are small, so that their
    // sum loses few digits.
    static (float Mean, float Square) CopyAnchor(float* source, int sourceStride, int patch, float* anchor)
    {
        var sum = 0f;
        for (var row = 0; row < patch; row++)
        {
            for (var column = 0; column < patch; column++)
            {
                sum += source[(row * sourceStride) + column];
            }
        }

        var (mean, square) = (sum / (patch * patch), 0f);
        for (var row = 0; row < patch; row++)
        {
            for (var column = 0; column < patch; column++, anchor++)
            {
                *anchor = source[(row * sourceStride) + column] - mean;
                square += *anchor * *anchor;
            }
        }

        return (mean, square);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void CopyCentred(float* source, int sourceStride, float mean, int height, int width, float* window, int stride, float* energy)
    {
        for (var row = 0; row < height; row++, source += sourceStride, window += stride, energy += width)
        {
            var column = 0;
            for (; column <= width - Vector256<float>.Count; column += Vector256<float>.Count)
            {
                var values = Vector256.Load(source + column) - Vector256.Create(mean);
                values.Store(window + column);
                Vector256.FusedMultiplyAdd(values, values, Vector256.Load(energy + column)).Store(energy + column);
            }

            for (; column < width; column++)
            {
                var value = source[column] - mean;
                window[column] = value;
                energy[column] = MathF.FusedMultiplyAdd(value, value, energy[column]);
            }
        }
    }

    // In place: each sum covers what lies to the right of it and below, none of which was overwritten yet.
    static void BoxSums(float* values, int height, int width, int patch)
    {
        for (var row = 0; row < height; row++)
        {
            Sums(values + (row * width), width - patch + 1, 1, patch);
        }

        for (var row = 0; row <= height - patch; row++)
        {
            Sums(values + (row * width), width - patch + 1, width, patch);
        }
    }

    // Of so many elements that lie one step apart, for each place of a row.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static void Sums(float* row, int count, int step, int terms)
    {
        var column = 0;
        for (; column <= count - Vector256<float>.Count; column += Vector256<float>.Count)
        {
            var sum = Vector256.Load(row + column);
            for (var term = 1; term < terms; term++)
            {
                sum += Vector256.Load(row + column + (term * step));
            }

            sum.Store(row + column);
        }

        for (; column < count; column++)
        {
            for (var term = 1; term < terms; term++)
            {
                row[column] += row[column + (term * step)];
            }
        }
    }

    static int Blocks(int length, int side) => (length + side - 1) / side;
}
