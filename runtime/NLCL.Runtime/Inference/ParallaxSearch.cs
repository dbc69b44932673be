using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace NLCL.Runtime;

/// <summary>
/// What has moved otherwise than the camera's motion says: the near parts of a scene that the camera drives past. Each block of a coarse level is judged with
/// the blocks around it, so that the scene decides and not the rain, and what is found is refined level by level. Blocks that no motion explains, because
/// they moved too far, were covered or are of another scene, show nothing: there the frame stands for its neighbour.
/// </summary>
static class ParallaxSearch
{
    // Of a block, in pixels of the level that is searched.
    const int Block = 8;

    // The level that is searched is at most so wide: near things move by a share of the frame's width.
    const int WidestSearched = 240;

    // Farthest from the camera's motion, each way, in pixels of that level.
    const int Reach = 4;

    // Blocks to each side that are judged with one.
    const int Around = 1;

    // The camera's motion is believed unless another fits better by this factor, in the pixels of the frame; at the level that is searched rain is smeared
    // over what it falls on, so that less is asked there.
    const double Better = 0.8, BetterCoarse = 0.92;

    // A block shows something else if its mean difference is larger than this in levels, and twice that of the best quarter of all blocks, which is the rain's; and if
    // of all that was searched nothing stands out: the difference is more than this share of the mean over all shifts.
    const int LeastElsewhere = 5, OfRain = 2;
    const double StandsOut = 0.7;

    /// <summary>Looks everywhere.</summary>
    /// <param name="frame">What is looked for.</param>
    /// <param name="neighbour">Where.</param>
    /// <param name="camera">What most of the scene did.</param>
    public static SceneMotion Of(GreenPyramid frame, GreenPyramid neighbour, CameraMotion camera)
    {
        var level = 1;
        while (level < GreenPyramid.Levels - 1 && frame.Size(level).Width > WidestSearched)
        {
            level++;
        }
        var (width, height) = frame.Size(0);
        var side = Block << level;
        var (columns, rows) = ((width + side - 1) / side, (height + side - 1) / side);
        var found = ArrayPool<PixelShift>.Shared.Rent(columns * rows);
        var search = new Search(frame, neighbour, camera, level, columns, rows);
        if (search.Run(found.AsSpan(0, columns * rows)))
        {
            return new(camera, found, side, columns);
        }
        ArrayPool<PixelShift>.Shared.Return(found);
        return new(camera);
    }

    readonly ref struct Search(GreenPyramid frame, GreenPyramid neighbour, CameraMotion camera, int level, int columns, int rows)
    {
        const int Side = (2 * Reach) + 1, Together = ((2 * Around) + 1) * ((2 * Around) + 1), Nothing = Block * Block * TruncatedDifference.Most;

        /// <summary>True: something has moved otherwise, or is shown nowhere.</summary>
        public bool Run(Span<PixelShift> found)
        {
            var count = found.Length;
            var memory = ArrayPool<int>.Shared.Rent(6 * count);
            Span<int> differences = memory.AsSpan(0, count), across = memory.AsSpan(count, count), best = memory.AsSpan(2 * count, count), still = memory.AsSpan(3 * count, count);
            Span<int> mean = memory.AsSpan(4 * count, count), outside = memory.AsSpan(5 * count, count);
            found.Clear();
            mean.Clear();
            Compare(default, still);
            for (var block = 0; block < count; block++)
            {
                outside[block] = still[block] == Nothing ? 1 : 0;
            }
            SumAround(outside, across);
            SumAround(still, across);
            still.CopyTo(best);
            for (var i = 0; i < Side * Side; i++)
            {
                var shift = new PixelShift((i % Side) - Reach, (i / Side) - Reach);
                Compare(shift, differences);
                SumAround(differences, across);
                for (var block = 0; block < count; block++)
                {
                    mean[block] += differences[block];
                    if (differences[block] < best[block])
                    {
                        (best[block], found[block]) = (differences[block], shift);
                    }
                }
            }
            var any = false;
            for (var block = 0; block < count; block++)
            {
                found[block] = best[block] < BetterCoarse * still[block] ? Refined(block, found[block]) : default;
                any |= found[block] != default;
                differences[block] = OfShown(found[block] == default ? still[block] : best[block], outside[block]);
                mean[block] = OfShown(mean[block] / (Side * Side), outside[block]);
            }
            any |= LoseTrack(differences, mean, outside, across, found);
            ArrayPool<int>.Shared.Return(memory);
            return any;
        }

        // Of a block and those around it, by those that the neighbour shows.
        static int OfShown(int sum, int outside) => (sum - (outside * Nothing)) / Math.Max(1, Together - outside);

        /// <summary>Gives up blocks that are nowhere.</summary>
        /// <param name="differences">Of each block where it was found.</param>
        /// <param name="mean">Of each block over all shifts.</param>
        /// <param name="outside">How many of a block and those around it the neighbour does not show.</param>
        /// <param name="sorted">Memory.</param>
        /// <param name="found">Where each block is.</param>
        static bool LoseTrack(ReadOnlySpan<int> differences, ReadOnlySpan<int> mean, ReadOnlySpan<int> outside, Span<int> sorted, Span<PixelShift> found)
        {
            differences.CopyTo(sorted);
            sorted.Sort();
            var most = (LeastElsewhere * Block * Block) + (OfRain * sorted[sorted.Length / 4]);
            var any = false;
            for (var block = 0; block < found.Length; block++)
            {
                if (outside[block] < Together && differences[block] > most && differences[block] > StandsOut * mean[block])
                {
                    (found[block], any) = (PixelShift.Nowhere, true);
                }
            }
            return any;
        }

        /// <summary>The truncated difference of every block where it is shifted by so much beside the camera's motion, in pixels of the level; where the neighbour shows nothing of it, the most.</summary>
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        void Compare(PixelShift beside, Span<int> differences)
        {
            var (width, height) = frame.Size(level);
            ref byte first = ref MemoryMarshal.GetReference(frame.Level(level)), second = ref MemoryMarshal.GetReference(neighbour.Level(level));
            for (var row = 0; row < rows; row++)
            {
                for (var column = 0; column < columns; column++)
                {
                    // The last ones overlap those before.
                    var (x, y) = (Math.Min(column * Block, width - Block), Math.Min(row * Block, height - Block));
                    var shift = CameraAt(x, y);
                    var (otherX, otherY) = (x + shift.X + beside.X, y + shift.Y + beside.Y);
                    differences[(row * columns) + column] = otherX < 0 || otherY < 0 || otherX + Block > width || otherY + Block > height
                        ? Nothing
                        : OfBlock(ref Unsafe.Add(ref first, (y * width) + x), ref Unsafe.Add(ref second, (otherY * width) + otherX), width);
                }
            }
        }

        // In pixels of the level.
        PixelShift CameraAt(int x, int y)
        {
            var (right, down) = camera.At((x + (Block / 2)) << level, (y + (Block / 2)) << level);
            return new((int)Math.Round(right / (1 << level)), (int)Math.Round(down / (1 << level)));
        }

        /// <summary>Over 8 x 8 pixels.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static int OfBlock(ref byte one, ref byte other, int stride)
        {
            // So often that no lane overflows: 4 * 24 < 256.
            var (lanes, most) = (Vector128<byte>.Zero, Vector128.Create(TruncatedDifference.Most));
            for (var row = 0; row < Block; row += 2)
            {
                var (a, b) = (TwoRows(ref Unsafe.Add(ref one, row * stride), stride), TwoRows(ref Unsafe.Add(ref other, row * stride), stride));
                lanes += Vector128.Min(Vector128.Max(a, b) - Vector128.Min(a, b), most);
            }
            return Vector128.Sum(Vector128.WidenLower(lanes) + Vector128.WidenUpper(lanes));
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static Vector128<byte> TwoRows(ref byte first, int stride) =>
            Vector128.Create(Unsafe.ReadUnaligned<ulong>(ref first), Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref first, stride))).AsByte();

        /// <summary>Every block with those around it, in place.</summary>
        void SumAround(Span<int> differences, Span<int> across)
        {
            for (var row = 0; row < rows; row++)
            {
                for (var column = 0; column < columns; column++)
                {
                    var sum = 0;
                    for (var other = -Around; other <= Around; other++)
                    {
                        sum += differences[(row * columns) + Math.Clamp(column + other, 0, columns - 1)];
                    }
                    across[(row * columns) + column] = sum;
                }
            }
            for (var row = 0; row < rows; row++)
            {
                for (var column = 0; column < columns; column++)
                {
                    var sum = 0;
                    for (var other = -Around; other <= Around; other++)
                    {
                        sum += across[(Math.Clamp(row + other, 0, rows - 1) * columns) + column];
                    }
                    differences[(row * columns) + column] = sum;
                }
            }
        }

        /// <summary>From the searched level's pixels to those of the frame, if it is better there, too.</summary>
        PixelShift Refined(int block, PixelShift beside)
        {
            var (width, height) = frame.Size(0);
            var side = Block << level;
            var (x, y) = (block % columns * side, block / columns * side);
            var (right, down) = camera.At(x + ((side - 1) / 2.0), y + ((side - 1) / 2.0));
            var still = new PixelShift((int)Math.Round(right), (int)Math.Round(down));
            // The block and those around it: of fewer pixels chance would find shifts that fit better, where it rains.
            var around = Around * side;
            var (left, top, end, bottom) = (Math.Max(0, x - around), Math.Max(0, y - around), Math.Min(width, x + side + around), Math.Min(height, y + side + around));
            // What was found is right to half a pixel of the level or so, each way.
            var coarse = CameraAt(x >> level, y >> level);
            var best = new PixelShift((coarse.X + beside.X) << level, (coarse.Y + beside.Y) << level);
            for (var round = level; round >= 0; round--)
            {
                var (middle, step, least) = (best, 1 << Math.Max(0, round - 1), long.MaxValue);
                for (var i = 0; i < 9; i++)
                {
                    var shift = new PixelShift(middle.X + (step * ((i % 3) - 1)), middle.Y + (step * ((i / 3) - 1)));
                    // Of the farther steps fewer rows tell enough.
                    var difference = Difference(left, top, end, bottom, shift, 2 * step);
                    if (difference < least)
                    {
                        (least, best) = (difference, shift);
                    }
                }
            }
            return Difference(left, top, end, bottom, best, 1) < Better * Difference(left, top, end, bottom, still, 1) ? new(best.X - still.X, best.Y - still.Y) : default;
        }

        /// <summary>Over a part of the frame, or every so many rows of it; what the neighbour does not show counts most.</summary>
        long Difference(int left, int top, int end, int bottom, PixelShift shift, int everyRow)
        {
            var (width, height) = frame.Size(0);
            var (from, to) = shift.Inside(left, end - left, width);
            var sum = 0L;
            for (var y = top; y < bottom; y += everyRow)
            {
                var shown = y + shift.Y >= 0 && y + shift.Y < height ? to - from : 0;
                sum += (end - left - shown) * TruncatedDifference.Most;
                if (shown > 0)
                {
                    sum += TruncatedDifference.Sum(frame.Row(0, y).Slice(left + from, shown), neighbour.Row(0, y + shift.Y).Slice(left + from + shift.X, shown));
                }
            }
            return sum;
        }
    }
}
