using System.Text.RegularExpressions;
using NLCL.Runtime;

namespace NLCL.Derain;

/// <summary>The library names its properties in what it advises; here they have the names of the command line.</summary>
static partial class OptionNames
{
    static readonly Dictionary<string, string> s_names = new(StringComparer.Ordinal)
    {
        ["Overwrite"] = "--overwrite",
        ["Codec"] = "--codec",
        ["Quality"] = "--quality",
        ["Preset"] = "--preset",
        ["Resume"] = "--resume",
        ["Seek off"] = "--no-seek",
        ["AllowLosses"] = "--allow-losses",
        ["AllowDamagedInput"] = "--allow-damaged",
        ["AllowPlaylists"] = "--allow-playlists",
        ["MaxFramePixels"] = "--max-megapixels",
    };

    /// <summary>The message with the names that the user knows; the file's own name is left alone.</summary>
    public static string InMessage(VideoException failure)
    {
        int problem = Math.Min(failure.Path.Length, failure.Message.Length);
        return failure.Message[..problem] + Property().Replace(failure.Message[problem..], match => s_names[match.Value]).Replace("set --", "add --", StringComparison.Ordinal).Replace("switch --no-seek", "add --no-seek", StringComparison.Ordinal);
    }

    [GeneratedRegex(@"\b(Overwrite|Codec|Quality|Preset|Resume|Seek off|AllowLosses|AllowDamagedInput|AllowPlaylists|MaxFramePixels)\b")]
    private static partial Regex Property();
}
