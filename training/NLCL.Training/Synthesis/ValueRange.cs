namespace NLCL.Training;

/// <summary>A closed interval that a parameter is drawn from.</summary>
public readonly record struct ValueRange(double Min, double Max)
{
    /// <summary>Every value equally likely.</summary>
    public double Draw(Random random) => At(random.NextDouble());

    /// <summary>Every octave equally likely: for lengths, densities and other values that differ by factors.</summary>
    public double DrawByFactor(Random random) => AtFactor(random.NextDouble());

    /// <summary>Whole numbers, both ends included.</summary>
    public int DrawWhole(Random random) => random.Next((int)Min, (int)Max + 1);

    /// <summary>The value at a fraction 0..1 of the way from <see cref="Min"/> to <see cref="Max"/>.</summary>
    public double At(double fraction) => Min + ((Max - Min) * fraction);

    /// <summary>As <see cref="At"/>, with equal steps multiplying instead of adding.</summary>
    public double AtFactor(double fraction) => Min * Math.Pow(Max / Min, fraction);

    internal void Validate(string name, double lowest, double highest)
    {
        if (!(Min >= lowest && Min <= Max && Max <= highest))
        {
            throw new ArgumentException($"{name} is {Min}..{Max}; it must lie within {lowest}..{highest}, the smaller end first.", name);
        }
    }
}
