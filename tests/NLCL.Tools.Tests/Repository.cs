namespace NLCL.Tools.Tests;

/// <summary>Where this checkout and its built programs lie.</summary>
static class Repository
{
    public static string Root { get; } = FindRoot();

    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    /// <summary>The program of a tools project, in the configuration that this test was built in.</summary>
    public static string Program(string project, string assembly)
    {
        string configuration = new DirectoryInfo(AppContext.BaseDirectory).Name;
        return PathOf("artifacts", "bin", project, configuration, assembly + ".dll");
    }

    static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "NLCL.sln"))) { return folder.FullName; }
        }
        throw new InvalidOperationException("NLCL.sln is in no folder above the tests.");
    }
}
