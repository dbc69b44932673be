using NLCL.OnnxExport;
using static TorchSharp.torch;

namespace NLCL.Training;

/// <summary>
/// Finds patches that look alike: draws one anchor in each picture and keeps the K patches of its neighbourhood nearest
/// to it. They share content without lying side by side, which is the self-similarity that the layer contrast builds on.
/// </summary>
/// <remarks>
/// Ye et al., CVPR 2022: anchor centre uniform in <c>[16, H-16]</c>; candidates are all centres of a 40x40 window around it
/// whose 16x16 patch fits; distance is the Euclidean one between patches of the given map, a picture or features. The
/// released code visits candidates one by one, in one picture of 256x256; here any batch and size at once, as
/// <c>|p|² - 2 p·a + |a|²</c>: a box filter of squares and one correlation with the anchors as kernels.
/// </remarks>
public sealed class NonLocalSampler
{
    readonly NonLocalSamplerOptions _options;

    public NonLocalSampler(NonLocalSamplerOptions? options = null)
    {
        _options = options ?? new NonLocalSamplerOptions();
        _options.Validate();
    }

    int Half => _options.PatchSize / 2;

    /// <summary>How many candidates even the worst placed anchor has: the largest count that always works.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A side is shorter than a patch.</exception>
    public int MinimumCandidates(long height, long width) =>
        checked((int)(MinimumCentres(height) * MinimumCentres(width)));

    /// <summary>Draws one anchor per picture and keeps the patches nearest to it.</summary>
    /// <param name="features">The map to compare in: <c>[N, C, H, W]</c>; no gradient flows through the choice.</param>
    /// <param name="count">Patches to keep per picture, at most <see cref="MinimumCandidates"/>.</param>
    /// <param name="generator">Draws the anchors, on the CPU; the global one when null.</param>
    public PatchGroup Sample(Tensor features, int count, Generator? generator = null)
    {
        var rows = DrawAnchors(features.shape[0], features.shape[2], generator);
        var columns = DrawAnchors(features.shape[0], features.shape[3], generator);
        return SampleAround(features, count, rows, columns);
    }

    /// <summary>As <see cref="Sample"/>, around given anchors.</summary>
    /// <param name="features">The map to compare in: <c>[N, C, H, W]</c>.</param>
    /// <param name="count">Patches to keep per picture.</param>
    /// <param name="rows">Row of each picture's anchor, from the range that <see cref="Sample"/> draws from.</param>
    /// <param name="columns">Column of each picture's anchor.</param>
    public PatchGroup SampleAround(Tensor features, int count, IReadOnlyList<long> rows, IReadOnlyList<long> columns)
    {
        var (pictures, height, width) = (features.shape[0], features.shape[2], features.shape[3]);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, MinimumCandidates(height, width));
        CheckAnchors(rows, pictures, height);
        CheckAnchors(columns, pictures, width);

        using var withoutGradient = no_grad();
        var (tops, windowHeight) = Windows(rows, height);
        var (lefts, windowWidth) = Windows(columns, width);
        var windows = Crop(features, tops, lefts, windowHeight, windowWidth);                         // [N, C, 55, 55]
        var anchors = Crop(features, Shift(rows, -Half), Shift(columns, -Half), _options.PatchSize, _options.PatchSize);
        var squared = SquaredDistances(windows, anchors);                                             // [N, 40, 40]

        var rowNumbers = Centres(tops, squared.shape[1], features.device);                            // [N, 40]
        var columnNumbers = Centres(lefts, squared.shape[2], features.device);
        var rowOffsets = (rowNumbers - Column(rows, features.device)).unsqueeze(2);                   // [N, 40, 1]
        var columnOffsets = (columnNumbers - Column(columns, features.device)).unsqueeze(1);          // [N, 1, 40]
        // Below all others: the anchor comes before patches that equal it.
        squared = squared.masked_fill(rowOffsets.eq(0).logical_and(columnOffsets.eq(0)), -1);
        squared = squared.masked_fill(IsOutside(rowOffsets).logical_or(IsOutside(columnOffsets)),
            _options.Farthest ? float.NegativeInfinity : float.PositiveInfinity);

        var (values, indexes) = squared.flatten(1).topk(count, -1, _options.Farthest, true);         // [N, K]
        var grid = stack([
            rowNumbers.unsqueeze(2).expand(squared.shape), columnNumbers.unsqueeze(1).expand(squared.shape)], -1);
        var centres = grid.flatten(1, 2).gather(1, indexes.unsqueeze(2).expand(pictures, count, 2)); // [N, K, 2]
        return new PatchGroup(centres, values.clamp_min(0).sqrt(), height, width);
    }

    // A shift of all values leaves distances as they are; around the anchor's mean the three terms are small, so that
    // their sum loses few digits.
    Tensor SquaredDistances(Tensor windows, Tensor anchors)
    {
        var ops = TorchOperations.Instance;
        var mean = ops.Mean(anchors, [2, 3]);
        windows = windows - mean;
        anchors = anchors - mean;
        var energy = ops.AveragePool(windows.square().sum(1, keepdim: true), _options.PatchSize, stride: 1).squeeze(1)
            * (double)(_options.PatchSize * _options.PatchSize);
        // Picture by picture: on a CPU a grouped convolution of the whole batch takes twice as long.
        var correlation = cat([.. windows.split(1, 0).Zip(anchors.split(1, 0), (window, anchor) => ops.Conv2d(window, anchor))], 0);
        var anchorEnergy = anchors.square().flatten(1).sum(1).reshape(-1, 1, 1);
        return (energy + anchorEnergy - (correlation.squeeze(1) * 2.0)).clamp_min(0);
    }

    // The largest window of the picture that holds all candidates of an anchor; the same size for all anchors, so it may
    // also hold others.
    (long[] Starts, long Length) Windows(IReadOnlyList<long> anchors, long side)
    {
        var length = Math.Min(_options.WindowSize + _options.PatchSize - 1, side);
        return ([.. anchors.Select(anchor =>
            Math.Clamp(anchor - (_options.WindowSize / 2) - Half, 0, side - length))], length);
    }

    Tensor Centres(long[] starts, long count, Device device) =>
        Column(starts, device) + (arange(count, dtype: ScalarType.Int64, device: device) + Half);

    Tensor IsOutside(Tensor offsets)
    {
        var reach = _options.WindowSize / 2;
        return offsets.lt(-reach).logical_or(offsets.ge(reach));
    }

    long[] DrawAnchors(long pictures, long side, Generator? generator)
    {
        var margin = Margin(side);
        return randint(margin, side - margin + 1, new long[] { pictures }, ScalarType.Int64, generator: generator)
            .data<long>().ToArray();
    }

    void CheckAnchors(IReadOnlyList<long> anchors, long pictures, long side)
    {
        var margin = Margin(side);
        if (anchors.Count != pictures || anchors.Any(anchor => anchor < margin || anchor > side - margin))
        {
            throw new ArgumentException(
                $"Expected {pictures} anchors within {margin}..{side - margin}, found [{string.Join(", ", anchors)}].", nameof(anchors));
        }
    }

    // A whole patch where there is room, as published; in small pictures at least half of one.
    long Margin(long side)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(side, _options.PatchSize);
        return Math.Min(_options.PatchSize, side / 2);
    }

    // Fewest at an end of the range: between, the window is cut on one side at most or the picture is what limits it.
    long MinimumCentres(long side) => Math.Min(CentresAround(Margin(side), side), CentresAround(side - Margin(side), side));

    long CentresAround(long anchor, long side) =>
        Math.Min(side - Half, anchor + (_options.WindowSize / 2) - 1) - Math.Max(Half, anchor - (_options.WindowSize / 2)) + 1;

    static Tensor Crop(Tensor features, long[] tops, long[] lefts, long height, long width) =>
        stack([.. tops.Zip(lefts, (top, left) => (top, left)).Select((corner, picture) =>
            features.select(0, picture).narrow(1, corner.top, height).narrow(2, corner.left, width))]);

    static long[] Shift(IReadOnlyList<long> values, long offset) => [.. values.Select(value => value + offset)];

    static Tensor Column(IReadOnlyList<long> values, Device device) => tensor(values.ToArray(), device: device).unsqueeze(1);
}
