using System.Globalization;
using System.Text.RegularExpressions;

namespace NLCL.Runtime;

/// <summary>An address on a network, and how ffmpeg opens it: over the protocols that it needs, never a local file.</summary>
sealed partial class NetworkAddress
{
    /// <summary>How long a server may take to accept, and then to send the next byte.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    // Web servers send http on to https. ffmpeg spells its time-out in three ways; rtp has none.
    static readonly Scheme[] s_schemes =
    [
        new("rtsp", "rtsp,rtp,srtp,udp,tcp", "timeout"),
        new("rtsps", "rtsp,rtp,srtp,udp,tcp,tls", "timeout"),
        new("rtmp", "rtmp,tcp", "rw_timeout"),
        new("rtmps", "rtmps,rtmp,tls,tcp", "rw_timeout"),
        new("http", "http,https,httpproxy,tls,tcp", "rw_timeout"),
        new("https", "https,httpproxy,tls,tcp", "rw_timeout"),
        new("udp", "udp", "timeout"),
        new("rtp", "rtp,srtp,udp", null),
        new("srt", "srt", "rw_timeout"),
    ];

    readonly string _text;
    readonly Scheme _scheme;

    NetworkAddress(string text, Scheme scheme)
    {
        _text = text;
        _scheme = scheme;
    }

    /// <summary>The address for messages and reports: without a password that it may hold.</summary>
    public string Shown => WithoutPassword(_text);

    /// <summary>It may be a file on a server: these have a length, and every frame of them is wanted.</summary>
    public bool MayHaveEnd => _scheme.Name is "http" or "https";

    /// <summary>The address that a text is; null when it is none.</summary>
    public static NetworkAddress? Parse(string text) =>
        Array.Find(s_schemes, scheme => text.StartsWith(scheme.Name + "://", StringComparison.OrdinalIgnoreCase)) is { } found
            ? new NetworkAddress(found.Name + text[found.Name.Length..], found)
            : null;

    /// <summary>A text in which no address shows who may open it.</summary>
    public static string WithoutPassword(string text) => UserInformation().Replace(text, "://");

    /// <summary>Options that stand before -i, -i, and the address.</summary>
    /// <param name="tool">The installed ffmpeg.</param>
    /// <param name="allowPlaylists">Also open playlists: they lead to further addresses, over the same protocols.</param>
    public IEnumerable<string> Arguments(FfmpegTool tool, bool allowPlaylists) =>
    [
        "-protocol_whitelist", _scheme.Protocols + (allowPlaylists ? ",crypto" : ""),
        .. allowPlaylists ? Array.Empty<string>() : ["-format_whitelist", InputArguments.SelfContained + ",mpjpeg,rtsp,rtp"],
        // Over UDP packets get lost, and firewalls keep them out; it is still tried where a server has nothing else.
        .. _scheme.IsRtsp ? (string[])["-rtsp_flags", "prefer_tcp"] : [],
        .. _scheme.TimeOut is { } name ? (string[])["-" + (_scheme.IsRtsp && !tool.HasRtspTimeout ? "stimeout" : name), Patience.TotalMicroseconds.ToString("0", CultureInfo.InvariantCulture)] : [],
        "-i", _text,
    ];

    [GeneratedRegex(@"://[^/\s]*@")]
    private static partial Regex UserInformation();

    sealed record Scheme(string Name, string Protocols, string? TimeOut)
    {
        public bool IsRtsp => Name is "rtsp" or "rtsps";
    }
}
