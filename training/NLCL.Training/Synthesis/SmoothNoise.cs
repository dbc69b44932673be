namespace NLCL.Training;

/// <summary>Smooth random hills of 0..1: random values on a coarse lattice, joined by smooth steps (value noise).</summary>
static class SmoothNoise
{
    /// <summary>Fills <paramref name="values"/>, row by row.</summary>
    /// <param name="sizeX">Pixels between lattice points.</param>
    /// <param name="sizeY">Pixels between lattice points.</param>
    /// <param name="top">Row of the endless field that the first row is.</param>
    public static void Fill(Span<float> values, int width, long seed, double sizeX, double sizeY, double top = 0)
    {
        var columns = new (int Cell, float Step)[width];
        for (int x = 0; x < width; x++)
        {
            columns[x] = Split(x / sizeX);
        }
        var upper = new float[columns[^1].Cell + 2];
        var lower = new float[upper.Length];
        int filled = int.MinValue;
        for (int y = 0; y < values.Length / width; y++)
        {
            var (cell, down) = Split((top + y) / sizeY);
            if (cell != filled)
            {
                Lattice(upper, seed, cell);
                Lattice(lower, seed, cell + 1);
                filled = cell;
            }
            var line = values.Slice(y * width, width);
            for (int x = 0; x < width; x++)
            {
                var (left, right) = columns[x];
                float above = upper[left] + ((upper[left + 1] - upper[left]) * right);
                float below = lower[left] + ((lower[left + 1] - lower[left]) * right);
                line[x] = above + ((below - above) * down);
            }
        }
    }

    static void Lattice(float[] values, long seed, int y)
    {
        ulong row = NoiseHash.RowSeed(seed, y);
        for (int x = 0; x < values.Length; x++)
        {
            values[x] = NoiseHash.Uniform(row, x);
        }
    }

    static (int Cell, float Step) Split(double position)
    {
        double cell = Math.Floor(position);
        float part = (float)(position - cell);
        return ((int)cell, part * part * (3 - (2 * part)));
    }
}
