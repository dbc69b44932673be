namespace NLCL.Runtime;

/// <summary>Cuts a picture into bands of rows that are derained one by one.</summary>
static class RowBands
{
    /// <summary>The fewest bands of which the rainy and the derained rows fit; failing that, the smallest bands.</summary>
    /// <exception cref="NotSupportedException">The model looks at whole pictures, and this one exceeds one band.</exception>
    public static TileAxis Plan(FrameFormat format, ModelContract contract, long mostBytes)
    {
        var height = TileAxis.RoundUp(format.Height, contract.SizeMultiple);
        // Two copies of a band are held, and one span holds a band.
        var most = Math.Min(mostBytes / 2, int.MaxValue / 2) / format.RowBytes;
        if (height <= most)
        {
            return TileAxis.Split(height, 1, contract.ReceptiveField, contract.SizeMultiple)!.Value;
        }
        if (!contract.Tileable)
        {
            throw new NotSupportedException(
                $"The model '{contract.Name}' looks at whole pictures, and {format.Width} x {format.Height} pixels exceed one band of {mostBytes} bytes; raise MaxBandBytes.");
        }
        TileAxis? smallest = null;
        // Below the halo's need no count of bands helps; above it the length falls with the count.
        for (var count = 2; TileAxis.Split(height, count, contract.ReceptiveField, contract.SizeMultiple) is { } axis; count++)
        {
            smallest = axis;
            if (axis.Tile <= most || axis.Step == contract.SizeMultiple)
            {
                break;
            }
        }
        return smallest ?? TileAxis.Split(height, 1, contract.ReceptiveField, contract.SizeMultiple)!.Value;
    }
}
