namespace NLCL.Runtime;

/// <summary>A source that shows what happens now: it cannot be wound back, and it ends when someone ends it.</summary>
interface ILiveSource : IFrameSource
{
    bool IFrameSource.IsLive => true;

    /// <summary>What messages and reports call it.</summary>
    string Name { get; }

    /// <summary>What it shows, as ffprobe would say it.</summary>
    MediaStream Video { get; }

    /// <summary>How it is encoded.</summary>
    FrameLayout Layout { get; }

    /// <summary>How its frames become RGB and back.</summary>
    FrameConversion Conversion { get; }

    /// <summary>Frames that came while another one was being derained.</summary>
    long Dropped { get; }

    /// <summary>What of it is not recorded, one line each.</summary>
    IReadOnlyList<string> Losses { get; }
}
