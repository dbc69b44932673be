using TorchSharp;
using static TorchSharp.torch;

namespace NLCL.Training;

/// <summary>
/// For every pixel of a picture, places nearby that look like it: the dense form of <see cref="NonLocalSampler"/>, which answers for single
/// anchors.
/// </summary>
/// <remarks>
/// All pixels try the same random shifts, so that one shift costs one subtraction of the picture from itself and a box filter, not a search for each
/// pixel. Neighbouring pixels mostly share their best shift (Barnes et al., PatchMatch, 2009).
/// </remarks>
public sealed class SimilarPlaces
{
    readonly SimilarPlacesOptions _options;

    /// <exception cref="ArgumentOutOfRangeException">An option is outside its range.</exception>
    public SimilarPlaces(SimilarPlacesOptions? options = null)
    {
        _options = options ?? new SimilarPlacesOptions();
        _options.Validate();
    }

    /// <summary>Draws the shifts of one search.</summary>
    /// <returns>Rows and columns to move by: <see cref="SimilarPlacesOptions.Neighbours"/> lists of <see cref="SimilarPlacesOptions.Candidates"/>.</returns>
    public (int Rows, int Columns)[][] DrawShifts(Random random)
    {
        return [.. Enumerable.Range(0, _options.Neighbours).Select(_ => Enumerable.Range(0, _options.Candidates).Select(_ => Draw()).ToArray())];

        (int, int) Draw()
        {
            while (true)
            {
                (int rows, int columns) = (Axis(), Axis());
                if (Math.Max(Math.Abs(rows), Math.Abs(columns)) >= _options.Nearest) { return (rows, columns); }
            }
        }

        int Axis() => random.Next(-_options.Reach, _options.Reach + 1);
    }

    /// <summary>Finds, for each pixel, the shift of each list under which the picture looks most like itself, and what stands there.</summary>
    /// <param name="guide">The picture to compare in, <c>[N, C, H, W]</c>, 0..1; no gradient flows through the choice.</param>
    /// <param name="picture">The picture to take values from, <c>[N, C', H, W]</c>.</param>
    /// <param name="shifts">From <see cref="DrawShifts"/>.</param>
    /// <returns>
    /// For each list the values found, <c>[N, C', H, W]</c>, and how far each is to be trusted, <c>[N, 1, H, W]</c>, 0..1. Past its edges the
    /// picture goes on mirrored.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException">The picture is no larger than the reach.</exception>
    public (Tensor Values, Tensor Trust)[] Find(Tensor guide, Tensor picture, (int Rows, int Columns)[][] shifts)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(Math.Min(guide.shape[2], guide.shape[3]), _options.Reach, nameof(guide));
        using var withoutGradient = no_grad();
        Tensor compared = Mirrored(LocalMean.Of(guide.detach(), _options.Blur)), values = Mirrored(picture.detach());
        return [.. shifts.Select(list => FindOne(compared, values, list))];
    }

    (Tensor Values, Tensor Trust) FindOne(Tensor compared, Tensor picture, (int Rows, int Columns)[] shifts)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor here = Shifted(compared, 0, 0);
        Tensor? least = null, values = null;
        foreach ((int rows, int columns) in shifts)
        {
            Tensor distance = LocalMean.Of((Shifted(compared, rows, columns) - here).square().mean([1], keepdim: true), _options.PatchSize); // [N, 1, h, w]
            Tensor there = Shifted(picture, rows, columns);
            if (least is null) { (least, values) = (distance, there); continue; }
            values = where(distance.lt(least), there, values!);
            least = minimum(least, distance);
        }
        Tensor trust = (least! / (-2 * _options.Tolerance * _options.Tolerance)).exp();
        return (values!.MoveToOuterDisposeScope(), trust.MoveToOuterDisposeScope());
    }

    Tensor Mirrored(Tensor map) => nn.functional.pad(map, [_options.Reach, _options.Reach, _options.Reach, _options.Reach], PaddingModes.Reflect);

    Tensor Shifted(Tensor mirrored, int rows, int columns) =>
        mirrored.narrow(2, _options.Reach + rows, mirrored.shape[2] - (2 * _options.Reach)).narrow(3, _options.Reach + columns, mirrored.shape[3] - (2 * _options.Reach));
}
