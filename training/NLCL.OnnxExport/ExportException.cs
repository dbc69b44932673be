namespace NLCL.OnnxExport;

/// <summary>A file was not written, and why. Nothing was left behind, and an older file of that name is untouched.</summary>
public sealed class ExportException : Exception
{
    /// <summary>With one line that says what was expected, what was found and what to do.</summary>
    public ExportException(string message)
        : base(message)
    {
    }

    /// <summary>With the cause.</summary>
    public ExportException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Without a reason; here because exceptions are expected to have it.</summary>
    public ExportException()
    {
    }
}
