namespace NLCL.OnnxExport;

/// <summary>The input shapes that an export is tried on.</summary>
static class ProbeSizes
{
    // Multiples beyond the smallest for the first and the second open axis, alternating: square, either side longer, and far
    // from square. All odd but the last, which goes through as a batch of two.
    static readonly (int First, int Second, int Batch)[] s_steps = [(0, 0, 1), (0, 2, 1), (4, 0, 1), (2, 8, 1), (6, 2, 1), (1, 3, 2)];

    /// <returns>For each try the shape of every input.</returns>
    public static IEnumerable<long[][]> For(IReadOnlyList<IReadOnlyList<Dimension>> inputs, ExportOptions options)
    {
        var smallest = (options.SmallestSize + options.SizeMultiple - 1) / options.SizeMultiple;
        smallest += 1 - smallest % 2;
        var symbols = inputs.SelectMany(shape => shape).Select(axis => axis.Symbol).OfType<string>()
            .Where(symbol => symbol != InputShape.Batch).Distinct().ToList();
        long Length(Dimension axis, (int First, int Second, int Batch) step) => axis.Symbol switch
        {
            null => axis.Offset,
            InputShape.Batch => step.Batch,
            var symbol => (smallest + (symbols.IndexOf(symbol) % 2 == 0 ? step.First : step.Second)) * options.SizeMultiple,
        };
        return s_steps.Select(step => inputs.Select(shape => shape.Select(axis => Length(axis, step)).ToArray()).ToArray());
    }
}
