using OpenCvSharp;

namespace NLCL.Training;

/// <summary>Smooths the edges of coded blocks where they stand out less than a real edge would (the normal filter of H.264, clause 8.7).</summary>
sealed class Deblocking(int width, int height, double quantizer)
{
    // How strongly: not at all where a block was copied with its neighbour, most where it was coded without prediction.
    const float Moved = 0.5f, Coded = 0.65f, Intra = 1;

    readonly record struct Mark8(Prediction Prediction, float Strength);

    readonly int _across = width / BlockTransform.Side;
    readonly Mark8[] _marks = new Mark8[width * height / BlockTransform.Size];

    // The standard's tables in formulas: what is an edge of the picture, what is flat, and the most that a pixel changes.
    readonly float _edge = (float)(0.8 * (Math.Pow(2, quantizer / 6) - 1)), _flat = (float)Math.Max(0, (0.5 * quantizer) - 7);
    readonly float _most = (float)(0.5 * Math.Pow(2, (quantizer - 17) / 6));

    /// <summary>Says how the 8x8 block at a place was coded.</summary>
    public void Mark(Point place, Prediction prediction, bool coded) =>
        _marks[Block(place.X / BlockTransform.Side, place.Y / BlockTransform.Side)] = new(prediction, prediction.IsIntra ? Intra : coded ? Coded : 0);

    /// <summary>Smooths a plane in place.</summary>
    /// <param name="plane">Brightness, or colour at half its size. Both are coded in blocks of 8x8 values.</param>
    public void Smooth(CodedPlane plane)
    {
        int shrunk = width / plane.Width;
        for (int y = 0; y < plane.Height; y++)
        {
            for (int x = BlockTransform.Side; x < plane.Width; x += BlockTransform.Side) { Smooth(plane.Values, (y * plane.Width) + x, 1, Strength(x * shrunk, y * shrunk, -1, 0)); }
        }
        for (int y = BlockTransform.Side; y < plane.Height; y += BlockTransform.Side)
        {
            for (int x = 0; x < plane.Width; x++) { Smooth(plane.Values, (y * plane.Width) + x, plane.Width, Strength(x * shrunk, y * shrunk, 0, -1)); }
        }
    }

    float Strength(int x, int y, int left, int up)
    {
        int column = x / BlockTransform.Side, row = y / BlockTransform.Side;
        Mark8 here = _marks[Block(column, row)], there = _marks[Block(column + left, row + up)];
        float most = Math.Max(here.Strength, there.Strength);
        return most == 0 && here.Prediction != there.Prediction ? Moved : most;
    }

    void Smooth(float[] values, int at, int across, float strength)
    {
        if (strength == 0) { return; }
        float p1 = values[at - (2 * across)], p0 = values[at - across], q0 = values[at], q1 = values[at + across];
        if (Math.Abs(p0 - q0) >= _edge || Math.Abs(p1 - p0) >= _flat || Math.Abs(q1 - q0) >= _flat) { return; }
        float most = (strength * _most) + 1;
        float change = MathF.Round(Math.Clamp(((4 * (q0 - p0)) + (p1 - q1)) / 8, -most, most));
        values[at - across] = Math.Clamp(p0 + change, 0, 255);
        values[at] = Math.Clamp(q0 - change, 0, 255);
    }

    int Block(int column, int row) => (row * _across) + column;
}
