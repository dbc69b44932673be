using System.Numerics;
using OpenCvSharp;

namespace NLCL.Training;

/// <summary>Finds what macroblocks are best predicted from, as fast encoders do: down the slope from a few guesses, by whole pixels.</summary>
/// <param name="frame">As it is to be coded.</param>
/// <param name="references">As the decoder has them, at most two.</param>
/// <param name="step">Of the quantiser: bits cost more where it is coarse.</param>
sealed class BlockMotion(CodedPlane frame, IReadOnlyList<CodedPlane> references, float step)
{
    // In steps of the quantiser: what the bits of a vector that is not its neighbour's cost, and how much cheaper a block without prediction must be.
    const float VectorCost = 3, IntraCost = 32;
    const int MostMoves = 8;

    // Large ones first: fine texture is full of places where a small step does not help.
    static readonly int[] Steps = [4, 2, 1];

    static readonly Point[] Around = [new(1, 0), new(-1, 0), new(0, 1), new(0, -1)];

    /// <param name="place">First pixel of the macroblock.</param>
    /// <param name="before">What the macroblock before this one is predicted from.</param>
    public Prediction Best(Point place, Prediction before)
    {
        if (references.Count == 0) { return default; }
        (Point first, float cost) = Search(0, place, before.First);
        Prediction best = new(first, null);
        if (references.Count == 2)
        {
            (Point second, float secondCost) = Search(1, place, before.Second);
            float bothCost = Difference(place, first, second) + (VectorCost * step);
            if (secondCost < cost) { (best, cost) = (new(null, second), secondCost); }
            if (bothCost < cost) { (best, cost) = (new(first, second), bothCost); }
        }
        return Spread(place) + (IntraCost * step) < cost ? default : best;
    }

    (Point Vector, float Cost) Search(int reference, Point place, Point? guess)
    {
        Point best = default;
        float cost = Difference(place, reference, best);
        if (guess is { } neighbour) { Try(neighbour); }
        foreach (int step in Steps)
        {
            for (int move = 0; move < MostMoves; move++)
            {
                Point from = best;
                foreach (Point next in Around) { Try(new(from.X + (step * next.X), from.Y + (step * next.Y))); }
                if (from == best) { break; }
            }
        }
        return (best, cost);

        void Try(Point vector)
        {
            Point at = place + vector;
            if (at.X < 0 || at.Y < 0 || at.X > frame.Width - HybridCodec.Macroblock || at.Y > frame.Height - HybridCodec.Macroblock) { return; }
            float found = Difference(place, reference, vector) + (vector == (guess ?? default) ? 0 : VectorCost * step);
            if (found < cost) { (best, cost) = (vector, found); }
        }
    }

    float Difference(Point place, int reference, Point vector)
    {
        Vector<float> sum = default;
        for (int row = 0; row < HybridCodec.Macroblock; row++)
        {
            ReadOnlySpan<float> here = Row(frame, place, row), there = Row(references[reference], place + vector, row);
            for (int at = 0; at < HybridCodec.Macroblock; at += Vector<float>.Count) { sum += Vector.Abs(new Vector<float>(here[at..]) - new Vector<float>(there[at..])); }
        }
        return Vector.Sum(sum);
    }

    float Difference(Point place, Point first, Point second)
    {
        Vector<float> sum = default, half = new(0.5f);
        for (int row = 0; row < HybridCodec.Macroblock; row++)
        {
            ReadOnlySpan<float> here = Row(frame, place, row), one = Row(references[0], place + first, row), other = Row(references[1], place + second, row);
            for (int at = 0; at < HybridCodec.Macroblock; at += Vector<float>.Count)
            {
                sum += Vector.Abs(new Vector<float>(here[at..]) - (half * (new Vector<float>(one[at..]) + new Vector<float>(other[at..]))));
            }
        }
        return Vector.Sum(sum);
    }

    /// <summary>How far the macroblock's values are from their mean, in sum.</summary>
    float Spread(Point place)
    {
        float mean = 0, sum = 0;
        for (int row = 0; row < HybridCodec.Macroblock; row++)
        {
            foreach (float value in Row(frame, place, row)) { mean += value / (HybridCodec.Macroblock * HybridCodec.Macroblock); }
        }
        for (int row = 0; row < HybridCodec.Macroblock; row++)
        {
            foreach (float value in Row(frame, place, row)) { sum += Math.Abs(value - mean); }
        }
        return sum;
    }

    static ReadOnlySpan<float> Row(CodedPlane plane, Point place, int row) =>
        plane.Values.AsSpan(((place.Y + row) * plane.Width) + place.X, HybridCodec.Macroblock);
}
