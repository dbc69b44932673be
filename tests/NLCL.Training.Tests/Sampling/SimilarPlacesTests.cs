using static TorchSharp.torch;

namespace NLCL.Training.Tests;

public sealed class SimilarPlacesTests
{
    const int Height = 7, Width = 8;

    static readonly SimilarPlacesOptions Small = new() { PatchSize = 3, Blur = 1, Reach = 3, Nearest = 2, Neighbours = 2, Candidates = 5, Tolerance = 0.8 };

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Each_pixel_gets_what_stands_under_the_shift_of_the_smallest_patch_distance(int blur)
    {
        SimilarPlaces places = new(Small with { Blur = blur });
        Tensor guide = Values.Normal(1, 2, 3, Height, Width), picture = Values.Normal(2, 2, 1, Height, Width);
        (int Rows, int Columns)[][] shifts = places.DrawShifts(new Random(5));
        (Tensor Values, Tensor Trust)[] found = places.Find(guide, picture, shifts);
        Assert.Equal(Small.Neighbours, found.Length);
        for (int list = 0; list < shifts.Length; list++)
        {
            for (int n = 0; n < 2; n++)
            {
                for (int y = 0; y < Height; y++)
                {
                    for (int x = 0; x < Width; x++)
                    {
                        double[] distances = [.. shifts[list].Select(shift => Distance(guide, blur, n, y, x, shift))];
                        int best = Array.IndexOf(distances, distances.Min());
                        (int rows, int columns) = shifts[list][best];
                        Assert.Equal(picture[n, 0, Mirror(y + rows, Height), Mirror(x + columns, Width)].item<double>(), found[list].Values[n, 0, y, x].item<double>(), 1e-12);
                        Assert.Equal(Math.Exp(-distances[best] / (2 * 0.8 * 0.8)), found[list].Trust[n, 0, y, x].item<double>(), 1e-10);
                    }
                }
            }
        }
    }

    // One patch against one other, pixel by pixel.
    static double Distance(Tensor guide, int blur, int n, int y, int x, (int Rows, int Columns) shift)
    {
        double sum = 0;
        int count = 0;
        for (int row = Math.Max(0, y - 1); row <= Math.Min(Height - 1, y + 1); row++)
        {
            for (int column = Math.Max(0, x - 1); column <= Math.Min(Width - 1, x + 1); column++, count++)
            {
                for (int c = 0; c < 3; c++)
                {
                    double difference = Mean(guide, blur, n, c, Mirror(row + shift.Rows, Height), Mirror(column + shift.Columns, Width)) - Mean(guide, blur, n, c, row, column);
                    sum += difference * difference / 3;
                }
            }
        }
        return sum / count;
    }

    static int Mirror(int at, int side) => at < 0 ? -at : at >= side ? (2 * (side - 1)) - at : at;

    static double Mean(Tensor map, int side, int n, int c, int y, int x)
    {
        double sum = 0;
        int count = 0;
        for (int row = Math.Max(0, y - (side / 2)); row <= Math.Min(Height - 1, y + (side / 2)); row++)
        {
            for (int column = Math.Max(0, x - (side / 2)); column <= Math.Min(Width - 1, x + (side / 2)); column++, count++) { sum += map[n, c, row, column].item<double>(); }
        }
        return sum / count;
    }

    [Fact]
    public void A_texture_that_repeats_is_found_under_the_streak()
    {
        // Stripes of period 8 under a bright streak shorter than the nearest shift: what stands elsewhere in the stripes is clean.
        SimilarPlaces places = new(new SimilarPlacesOptions { Reach = 12, Candidates = 200, Neighbours = 1, Blur = 1, PatchSize = 9 });
        Tensor clean = tensor(Enumerable.Range(0, 48 * 48).Select(i => 0.5f + (0.3f * MathF.Sin(i % 48 * MathF.PI / 4))).ToArray()).reshape(1, 1, 48, 48);
        Tensor rainy = clean.clone();
        rainy.narrow(2, 20, 5).narrow(3, 24, 1).add_(0.15f);
        (Tensor values, _) = places.Find(rainy, rainy, places.DrawShifts(new Random(1)))[0];
        Tensor error = (values - clean).abs();
        Assert.True(error.narrow(2, 20, 5).narrow(3, 24, 1).max().item<float>() < 0.01f);
    }

    [Fact]
    public void Shifts_keep_their_bounds_and_repeat_with_the_seed()
    {
        SimilarPlaces places = new(Small);
        (int Rows, int Columns)[] drawn = [.. Enumerable.Range(0, 50).SelectMany(seed => places.DrawShifts(new Random(seed)).SelectMany(list => list))];
        Assert.All(drawn, shift => Assert.InRange(Math.Max(Math.Abs(shift.Rows), Math.Abs(shift.Columns)), 2, 3));
        Assert.Equal(places.DrawShifts(new Random(7)), places.DrawShifts(new Random(7)));
    }

    [Theory]
    [InlineData(nameof(SimilarPlacesOptions.PatchSize))]
    [InlineData(nameof(SimilarPlacesOptions.Blur))]
    [InlineData(nameof(SimilarPlacesOptions.Reach))]
    [InlineData(nameof(SimilarPlacesOptions.Neighbours))]
    [InlineData(nameof(SimilarPlacesOptions.Candidates))]
    [InlineData(nameof(SimilarPlacesOptions.Tolerance))]
    public void What_cannot_be_searched_is_refused(string member)
    {
        SimilarPlacesOptions options = member switch
        {
            nameof(SimilarPlacesOptions.PatchSize) => Small with { PatchSize = 4 },
            nameof(SimilarPlacesOptions.Blur) => Small with { Blur = 0 },
            nameof(SimilarPlacesOptions.Reach) => Small with { Reach = 1 },
            nameof(SimilarPlacesOptions.Neighbours) => Small with { Neighbours = 0 },
            nameof(SimilarPlacesOptions.Candidates) => Small with { Candidates = 0 },
            _ => Small with { Tolerance = 0 },
        };
        Assert.Contains(member, Assert.ThrowsAny<ArgumentException>(() => new SimilarPlaces(options)).Message);
        Assert.ThrowsAny<ArgumentException>(() => new SimilarPlaces(Small).Find(Values.Normal(1, 1, 3, 3, 9), Values.Normal(1, 1, 3, 3, 9), []));
    }
}
