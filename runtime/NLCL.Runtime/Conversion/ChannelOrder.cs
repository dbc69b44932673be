namespace NLCL.Runtime;

/// <summary>Where red, green and blue stand in a packed pixel.</summary>
readonly record struct ChannelOrder(int Channels, int Red, int Green, int Blue)
{
    public static ChannelOrder Of(PackedLayout layout) => layout switch
    {
        PackedLayout.Grey => new(1, 0, 0, 0),
        PackedLayout.Bgr => new(3, 2, 1, 0),
        PackedLayout.Bgra => new(4, 2, 1, 0),
        PackedLayout.Rgb => new(3, 0, 1, 2),
        PackedLayout.Rgba => new(4, 0, 1, 2),
        _ => throw new ArgumentOutOfRangeException(nameof(layout), layout, "Not a packed layout."),
    };
}
