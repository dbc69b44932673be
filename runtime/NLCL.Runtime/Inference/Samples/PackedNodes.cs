namespace NLCL.Runtime;

/// <summary>Packed bytes [1, height, width, 3] around a network. Moved about as bytes, for they are a quarter of floats.</summary>
static class PackedNodes
{
    const int Channels = 1;
    const float White = 255f;

    public static void Add(FrameInGraph frame, ChannelOrder order)
    {
        var nodes = frame.Nodes;
        // The channels are the same both ways: either as they are, or the first and the last swapped.
        string InOrder(string planes) => order.Red == 0 ? planes : nodes.Gather(planes, Channels, order.Red, order.Green, order.Blue);
        var codes = InOrder(nodes.Transpose(SampleGraph.InputName, [0, 3, 1, 2]));
        frame.FeedNetwork(nodes.Multiply(nodes.ToFloat(codes), 1f / White));
        var scaled = nodes.Clip(nodes.Add(nodes.Multiply(frame.Background(), White), 0.5f), 0, White);
        var rounded = nodes.Cast(scaled, SampleGraph.ElementType(TensorLayout.TypeOf(SampleFormat.Bgr)));
        nodes.Transpose(InOrder(rounded), [0, 2, 3, 1], SampleGraph.OutputName);
    }
}
