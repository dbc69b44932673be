namespace NLCL.Runtime;

/// <summary>How many physical cores this process may use.</summary>
static class ProcessorCores
{
    /// <summary>
    /// Hyper-threads of one core share its multipliers, so convolutions want one thread per core. The process's own limit
    /// (affinity, container quota) comes first; where the system does not tell, logical processors count.
    /// </summary>
    public static int Count { get; } = Math.Clamp(PhysicalCores("/sys/devices/system/cpu"), 1, Environment.ProcessorCount);

    internal static int PhysicalCores(string folder)
    {
        try
        {
            var siblings = Directory.EnumerateDirectories(folder, "cpu*")
                .Select(cpu => Path.Combine(cpu, "topology", "thread_siblings_list"))
                .Where(File.Exists)
                .Select(file => File.ReadAllText(file).Trim())
                .Distinct(StringComparer.Ordinal)
                .Count();
            return siblings > 0 ? siblings : Environment.ProcessorCount;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Environment.ProcessorCount;
        }
    }
}
