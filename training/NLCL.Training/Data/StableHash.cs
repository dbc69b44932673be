namespace NLCL.Training;

/// <summary>Hashes that are the same on every machine and in every run, unlike those of the runtime.</summary>
static class StableHash
{
    /// <summary>FNV-1a, 64 bit, of the text's UTF-16 units; then mixed, so that its low bits are as good as its high ones.</summary>
    public static ulong Of(string text)
    {
        ulong hash = 14695981039346656037;
        foreach (char unit in text) { hash = (hash ^ unit) * 1099511628211; }
        return Mix(hash);
    }

    /// <summary>An independent seed for each use and iteration.</summary>
    /// <param name="seed">The training's seed.</param>
    /// <param name="stream">What the numbers are for.</param>
    /// <param name="index">Which iteration.</param>
    public static ulong Of(int seed, RandomStream stream, long index) => Mix(Mix(Mix((ulong)seed) + (ulong)stream) + (ulong)index);

    /// <summary>A random source for one use in one iteration.</summary>
    public static Random Random(int seed, RandomStream stream, long index) => new((int)(Of(seed, stream, index) >> 33));

    /// <summary>Finalizer of SplitMix64 (Steele, Lea, Flood, OOPSLA 2014).</summary>
    static ulong Mix(ulong value)
    {
        value += 0x9E3779B97F4A7C15;
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
