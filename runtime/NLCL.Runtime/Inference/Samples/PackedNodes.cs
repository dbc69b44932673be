namespace NLCL.Runtime;

/// <summary>Packed bytes [1, height, width, 3] around a network. Moved about as bytes, for they are a quarter of floats.</summary>
static class PackedNodes
{
    const int Channels = 3;
    const float White = 255f;

    public static void Add(FrameInGraph frame, ChannelOrder order)
    {
        var nodes = frame.Nodes;
        // The channels are the same both ways: either as they are, or the first and the last swapped. They are swapped outermost, where they lie last: a network
        // that runs with channels last then undoes the turns to planes and back.
        var swap = order.Red != 0;
        var pixels = swap ? nodes.Gather(SampleGraph.InputName, Channels, [order.Red, order.Green, order.Blue]) : SampleGraph.InputName;
        frame.FeedNetwork(nodes.Multiply(nodes.ToFloat(nodes.Transpose(pixels, [0, 3, 1, 2])), 1f / White));
        var scaled = nodes.Clip(nodes.Add(nodes.Multiply(frame.Background(), White), 0.5f), 0, White);
        var rounded = nodes.Cast(scaled, SampleGraph.ElementType(TensorLayout.TypeOf(SampleFormat.Bgr)));
        pixels = nodes.Transpose(rounded, [0, 2, 3, 1], swap ? null : SampleGraph.OutputName);
        if (swap)
        {
            nodes.Gather(pixels, Channels, [order.Red, order.Green, order.Blue], SampleGraph.OutputName);
        }
    }
}
