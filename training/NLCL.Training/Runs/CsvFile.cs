using System.Globalization;

namespace NLCL.Training;

/// <summary>A table that grows row by row; its first column is the number of iterations done.</summary>
sealed class CsvFile
{
    readonly string _path;
    readonly int _columns;

    /// <summary>Opens the table: keeps rows of up to <paramref name="iterations"/>, drops later ones, which a resumed training writes again.</summary>
    public CsvFile(string path, IReadOnlyList<string> columns, long iterations)
    {
        (_path, _columns) = (path, columns.Count);
        string[] old = File.Exists(path) ? File.ReadAllLines(path) : [];
        IEnumerable<string> kept = old.Skip(1)
            .Where(row => long.TryParse(row.Split(',')[0], NumberStyles.None, CultureInfo.InvariantCulture, out long at) && at <= iterations);
        AtomicFile.WriteText(path, string.Concat(kept.Prepend("iteration," + string.Join(',', columns)).Select(row => row + "\n")));
    }

    /// <summary>Adds one row; NaN becomes an empty field.</summary>
    public void Add(long iterations, IReadOnlyList<double> values)
    {
        if (values.Count != _columns) { throw new ArgumentException($"{values.Count} values for {_columns} columns.", nameof(values)); }
        IEnumerable<string> fields = values.Select(value => double.IsNaN(value) ? "" : value.ToString("R", CultureInfo.InvariantCulture));
        File.AppendAllText(_path, string.Join(',', fields.Prepend(iterations.ToString(CultureInfo.InvariantCulture))) + "\n");
    }
}
