namespace NLCL.Training;

/// <summary>
/// Random numbers by position instead of by order: the rain is one endless field that any window, and any frame of a
/// clip, looks into. The mixing is that of SplitMix64 (Steele, Lea, Flood 2014).
/// </summary>
struct NoiseHash(ulong state)
{
    const ulong Step = 0x9E3779B97F4A7C15;
    ulong _state = state;

    /// <summary>A sequence that belongs to a cell of a field.</summary>
    public static NoiseHash At(long seed, int x, int y) => new(Mix(RowSeed(seed, y) + ((ulong)x * Step)));

    /// <summary>Start of a row of cells; <c>Uniform(row, x)</c> gives the value of a cell.</summary>
    public static ulong RowSeed(long seed, int y) => Mix((ulong)seed + ((ulong)y * 0xD1342543DE82EF95));

    /// <summary>0..1, evenly.</summary>
    public static float Uniform(ulong row, int x) => (Mix(row + ((ulong)x * Step)) >> 40) * (1f / (1 << 24));

    /// <summary>Mean 0, standard deviation 1: the sum of four uniforms, which ends at 3.5 deviations.</summary>
    public static float Normal(ulong row, int x)
    {
        ulong bits = Mix(row + ((ulong)x * Step));
        int sum = (int)(bits & 0xFFFF) + (int)((bits >> 16) & 0xFFFF) + (int)((bits >> 32) & 0xFFFF) + (int)(bits >> 48);
        return (sum - 131070) * (1.7320508f / 65536);
    }

    public float NextUniform() => (Next() >> 40) * (1f / (1 << 24));

    public float NextNormal() => Normal(Next(), 0);

    /// <summary>A Poisson count.</summary>
    public int NextCount(double mean)
    {
        if (mean > 30)
        {
            return Math.Max(0, (int)Math.Round(mean + (Math.Sqrt(mean) * NextNormal())));
        }
        double limit = Math.Exp(-mean);
        int count = 0;
        for (double product = NextUniform(); product > limit; product *= NextUniform())
        {
            count++;
        }
        return count;
    }

    ulong Next() => Mix(_state += Step);

    static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
