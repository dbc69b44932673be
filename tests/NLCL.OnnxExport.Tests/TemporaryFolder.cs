namespace NLCL.OnnxExport.Tests;

/// <summary>A folder that goes away with its content.</summary>
sealed class TemporaryFolder : IDisposable
{
    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nlcl-export-");

    public string Path(string name) => System.IO.Path.Combine(_folder.FullName, name);

    public IReadOnlyList<string> Files => [.. _folder.EnumerateFiles().Select(file => file.Name)];

    public string FullName => _folder.FullName;

    public void Dispose() => _folder.Delete(recursive: true);
}
