namespace NLCL.Runtime;

/// <summary>A frame's way into the network and out of it, for any kind of samples: padding to the size multiple and back.</summary>
/// <param name="Nodes">Get what is added.</param>
/// <param name="Width">Of the frame, in pixels.</param>
/// <param name="Height">Of the frame, in pixels.</param>
/// <param name="SizeMultiple">Of the network.</param>
sealed record FrameInGraph(GraphNodes Nodes, int Width, int Height, int SizeMultiple)
{
    const int Rows = 2, Columns = 3;

    /// <summary>Feeds the network; what is added from here on comes behind it.</summary>
    /// <param name="rgb">[1, 3, height, width], 0..1.</param>
    public void FeedNetwork(string rgb)
    {
        var right = TileAxis.RoundUp(Width, SizeMultiple) - Width;
        var bottom = TileAxis.RoundUp(Height, SizeMultiple) - Height;
        rgb = right == 0 ? rgb : Nodes.Pad(rgb, ModeFor(Width, right), 0, 0, 0, right);
        rgb = bottom == 0 ? rgb : Nodes.Pad(rgb, ModeFor(Height, bottom), 0, 0, bottom, 0);
        Nodes.Rename(rgb, ModelContract.InputName);
        Nodes.IsBehind = true;
    }

    /// <summary>[1, 3, height, width] of what the network gave.</summary>
    public string Background() => Crop(ModelContract.OutputName, TileAxis.RoundUp(Width, SizeMultiple), TileAxis.RoundUp(Height, SizeMultiple));

    /// <summary>The frame's own pixels of something of that size.</summary>
    public string Crop(string from, int width, int height)
    {
        from = width == Width ? from : Nodes.Slice(from, Columns, 0, Width);
        return height == Height ? from : Nodes.Slice(from, Rows, 0, Height);
    }

    // Reflected without repeating the edge; where the frame is too small for that, its last pixel is repeated.
    static string ModeFor(int length, int pad) => pad < length ? "reflect" : "edge";
}
