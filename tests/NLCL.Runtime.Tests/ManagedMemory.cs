namespace NLCL.Runtime.Tests;

/// <summary>What work costs on the managed heap.</summary>
static class ManagedMemory
{
    const int MostRounds = 20;

    /// <summary>
    /// Bytes of the cheapest round on this thread, which has been warmed up. What the work itself costs is in every round; what .NET spends once, say on a class
    /// that a method compiled anew needs, is in some, and on a busy machine in more than a few.
    /// </summary>
    public static long OfARound(Action round)
    {
        var least = long.MaxValue;
        for (var i = 0; i < MostRounds && least > 0; i++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            round();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }
        return least;
    }
}
