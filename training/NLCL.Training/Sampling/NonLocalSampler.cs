using static TorchSharp.torch;

namespace NLCL.Training;

/// <summary>
/// Finds patches that look alike: draws one anchor in each picture and keeps the K patches of its neighbourhood nearest
/// to it. They share content without lying side by side, which is the self-similarity that the layer contrast builds on.
/// </summary>
/// <remarks>
/// Ye et al., CVPR 2022: anchor centre uniform in <c>[16, H-16]</c>; candidates are all centres of a 40x40 window around it
/// whose 16x16 patch fits; distance is the Euclidean one between patches of the given map, a picture or features. The
/// released code visits candidates one by one, in one picture of 256x256; here any batch and size at once
/// (<see cref="PatchDistances"/>). <c>nlcl bench-training</c> compares the two.
/// </remarks>
public sealed class NonLocalSampler
{
    const float BelowAllDistances = -1e30f;

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
        var windows = Windows(rows, columns, height, width);
        return ProcessorDistances.Takes(features) ? InMemory(features, windows, count) : ByTensors(features, windows, count);
    }

    // Some ten operations on tensors of 1600 numbers would take longer than an RGB picture's distances.
    PatchGroup InMemory(Tensor features, PatchWindow[] windows, int count)
    {
        var squared = ProcessorDistances.Squared(features, windows, _options.PatchSize);
        var (rows, columns) = Candidates(windows);
        var (centres, distances) = (new long[windows.Length * count * 2], new float[windows.Length * count]);
        ProcessorDistances.SideBySide(windows.Length, picture =>
        {
            var place = windows[picture];
            var own = squared.AsSpan(picture * rows * columns, rows * columns);
            Mark(place, columns, own);
            Span<int> places = count <= 1024 ? stackalloc int[count] : new int[count];
            NearestPlaces.Select(own, _options.Farthest, places);
            for (var rank = 0; rank < count; rank++)
            {
                var at = (picture * count) + rank;
                var (row, column) = Math.DivRem(places[rank], columns);
                centres[2 * at] = place.Top + Half + row;
                centres[(2 * at) + 1] = place.Left + Half + column;
                distances[at] = MathF.Sqrt(Math.Max(own[places[rank]], 0));
            }
        });

        return new PatchGroup(tensor(centres, [windows.Length, count, 2]), tensor(distances, [windows.Length, count]), features.shape[2], features.shape[3]);
    }

    /// <summary>As <see cref="InMemory"/>, on any device and of any precision.</summary>
    PatchGroup ByTensors(Tensor features, PatchWindow[] windows, int count)
    {
        var (rows, columns) = Candidates(windows);
        var marks = new float[windows.Length * rows * columns];
        for (var picture = 0; picture < windows.Length; picture++)
        {
            Mark(windows[picture], columns, marks.AsSpan(picture * rows * columns, rows * columns));
        }

        var squared = PatchDistances.Squared(features, windows, _options.PatchSize);                  // [N, 40, 40]
        squared.add_(tensor(marks, dtype: features.dtype, device: features.device).reshape(squared.shape));
        var (values, indexes) = squared.flatten(1).topk(count, -1, _options.Farthest, true);          // [N, K]

        var rowNumbers = indexes.div(squared.shape[2], RoundingMode.floor) + Column(windows.Select(place => place.Top + Half), features.device);
        var columnNumbers = indexes.remainder(squared.shape[2]) + Column(windows.Select(place => place.Left + Half), features.device);
        return new PatchGroup(stack([rowNumbers, columnNumbers], -1), values.clamp_min(0).sqrt(), features.shape[2], features.shape[3]);
    }

    (int Rows, int Columns) Candidates(PatchWindow[] windows) =>
        ((int)windows[0].Height - _options.PatchSize + 1, (int)windows[0].Width - _options.PatchSize + 1);

    // In place of squared distances, or to be added to them: the anchor comes before patches that equal it, and what is no candidate comes last.
    void Mark(PatchWindow place, int columns, Span<float> squared)
    {
        var reach = _options.WindowSize / 2;
        var last = _options.Farthest ? float.NegativeInfinity : float.PositiveInfinity;
        var (anchorRow, anchorColumn) = ((int)place.AnchorTop, (int)place.AnchorLeft);
        var (first, end) = (Math.Max(0, anchorColumn - reach), Math.Min(columns, anchorColumn + reach));
        for (var row = 0; row * columns < squared.Length; row++)
        {
            var line = squared.Slice(row * columns, columns);
            var inside = row >= anchorRow - reach && row < anchorRow + reach;
            line[..(inside ? first : columns)].Fill(last);
            line[(inside ? end : columns)..].Fill(last);
        }

        squared[(anchorRow * columns) + anchorColumn] = BelowAllDistances;
    }

    // The largest window of the picture that holds all candidates of an anchor; the same size for all anchors, so it may
    // also hold others.
    PatchWindow[] Windows(IReadOnlyList<long> rows, IReadOnlyList<long> columns, long height, long width)
    {
        var (windowHeight, windowWidth) = (Length(height), Length(width));
        var windows = new PatchWindow[rows.Count];
        for (var picture = 0; picture < windows.Length; picture++)
        {
            var (top, left) = (Start(rows[picture], height), Start(columns[picture], width));
            windows[picture] = new(top, left, windowHeight, windowWidth, rows[picture] - Half - top, columns[picture] - Half - left);
        }

        return windows;

        long Length(long side) => Math.Min(_options.WindowSize + _options.PatchSize - 1, side);
        long Start(long anchor, long side) => Math.Clamp(anchor - (_options.WindowSize / 2) - Half, 0, side - Length(side));
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
        var fit = anchors.Count == pictures;
        for (var picture = 0; fit && picture < anchors.Count; picture++)
        {
            fit = anchors[picture] >= margin && anchors[picture] <= side - margin;
        }

        if (!fit)
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

    static Tensor Column(IEnumerable<long> values, Device device) => tensor(values.ToArray(), device: device).unsqueeze(1);
}
