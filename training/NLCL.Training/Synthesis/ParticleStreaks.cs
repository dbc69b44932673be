using OpenCvSharp;

namespace NLCL.Training;

/// <summary>
/// Single drops, each smeared over its way during the exposure: a Gaussian profile across with soft ends, or the path of a disc in
/// focus, with sharp edges; and now and then the beads that an oscillating drop leaves (Garg and Nayar, 2006). Drops are scattered
/// evenly, cell by cell.
/// </summary>
static class ParticleStreaks
{
    const int CellSize = 24;
    const double LongestFactor = 2.2;

    /// <summary>A layer of 0..1.</summary>
    public static Mat Render(StreakParameters layer, Size picture, double fallen)
    {
        // Wide streaks are smooth, but at the edges of discs; drawing them coarsely and enlarging them saves most of their pixels.
        double scale = Math.Max(1, layer.Width / (layer.Discs ? 6 : 2.5));
        var frame = new FallFrame(layer.Angle, scale, scale, 0, -fallen / scale);
        var window = frame.Window(picture);
        var field = new Mat(window.Height, window.Width, MatType.CV_32FC1, Scalar.All(0));
        using (field)
        {
            var values = field.Floats();
            Draw(layer, window, layer.Length / scale, layer.Width / scale, values);
            for (int i = 0; i < values.Length; i++)
            {
                values[i] = Math.Min(values[i], 1);
            }
            return frame.ToPicture(field, window, picture);
        }
    }

    static void Draw(StreakParameters layer, FieldWindow window, double length, double width, Span<float> values)
    {
        double perCell = layer.Density * CellSize * CellSize / (length * width * 1.06);
        int marginU = (int)Math.Ceiling((3 * width) + (length * Math.Tan(Math.Min(30, 3 * layer.Slant) * Math.PI / 180)));
        int marginV = (int)Math.Ceiling((length * LongestFactor / 2) + (2 * width));
        for (int cellY = Cell(window.Top - marginV); cellY <= Cell(window.Top + window.Height + marginV); cellY++)
        {
            for (int cellX = Cell(window.Left - marginU); cellX <= Cell(window.Left + window.Width + marginU); cellX++)
            {
                var random = NoiseHash.At(layer.Seed, cellX, cellY);
                for (int left = random.NextCount(perCell); left > 0; left--)
                {
                    var drop = new Drop(
                        ((cellX + random.NextUniform()) * CellSize) - window.Left,
                        ((cellY + random.NextUniform()) * CellSize) - window.Top,
                        (float)(length * Math.Clamp(Math.Exp(0.3 * random.NextNormal()), 0.4, LongestFactor)),
                        (float)(width * Math.Exp(0.2 * random.NextNormal())),
                        MathF.Tan((float)(layer.Slant * random.NextNormal() * Math.PI / 180)),
                        0.35f + (0.65f * random.NextUniform()),
                        Math.Max(0, random.NextUniform() - 0.6f),
                        random.NextUniform() * MathF.Tau);
                    if (layer.Discs)
                    {
                        DrawDisc(drop, window, values);
                    }
                    else
                    {
                        Draw(drop, window, values);
                    }
                }
            }
        }
    }

    static int Cell(int position) => (int)Math.Floor(position / (double)CellSize);

    readonly record struct Drop(float U, float V, float Length, float Width, float Slant, float Brightness, float Beads, float Phase);

    static void Draw(Drop drop, FieldWindow window, Span<float> values)
    {
        float sigma = Math.Max(0.35f, drop.Width / 2.355f), reach = 2.6f * sigma;
        float fall = -0.5f / (sigma * sigma), half = drop.Length / 2, end = Math.Max(1, Math.Min(half, sigma + (0.15f * drop.Length)));
        int bottom = Math.Min(window.Height - 1, (int)MathF.Floor(drop.V + half));
        for (int y = Math.Max(0, (int)MathF.Ceiling(drop.V - half)); y <= bottom; y++)
        {
            float along = y - drop.V, centre = drop.U + (along * drop.Slant);
            float ends = Math.Min(1, (half - Math.Abs(along) + 0.5f) / end);
            float height = drop.Brightness * ends * Beads(drop, along);
            int right = Math.Min(window.Width - 1, (int)MathF.Floor(centre + reach));
            var line = values.Slice(y * window.Width, window.Width);
            for (int x = Math.Max(0, (int)MathF.Ceiling(centre - reach)); x <= right; x++)
            {
                float away = x - centre;
                line[x] += height * MathF.Exp(fall * away * away);
            }
        }
    }

    /// <summary>A disc that moves evenly covers a point as long as the chord through it takes to pass, less what the exposure cuts off at its ends.</summary>
    static void DrawDisc(Drop drop, FieldWindow window, Span<float> values)
    {
        float radius = drop.Width / 2, half = drop.Length / 2;
        int bottom = Math.Min(window.Height - 1, (int)MathF.Floor(drop.V + half + radius));
        for (int y = Math.Max(0, (int)MathF.Ceiling(drop.V - half - radius)); y <= bottom; y++)
        {
            float along = y - drop.V, centre = drop.U + (along * drop.Slant), height = drop.Brightness * Beads(drop, along) / drop.Width;
            int right = Math.Min(window.Width - 1, (int)MathF.Floor(centre + radius));
            var line = values.Slice(y * window.Width, window.Width);
            for (int x = Math.Max(0, (int)MathF.Ceiling(centre - radius)); x <= right; x++)
            {
                float away = x - centre, chord = MathF.Sqrt(Math.Max(0, (radius * radius) - (away * away)));
                line[x] += height * Math.Max(0, Math.Min(along + chord, half) - Math.Max(along - chord, -half));
            }
        }
    }

    static float Beads(Drop drop, float along) => 1 - (drop.Beads * (1 + MathF.Sin((along * 18 / drop.Length) + drop.Phase)));
}
