using System.Globalization;

namespace NLCL.Runtime;

/// <summary>How a file of the user is opened by ffmpeg: by that name and nothing else.</summary>
static class InputArguments
{
    // Containers that carry everything themselves. Playlists (hls, dash, concat, imf, image sequences, vobsub, …) name
    // further files, and a hostile one would make ffmpeg read those.
    public const string SelfContained =
        "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,mpegts,mpeg,mpegvideo,flv,live_flv,asf,ogg,nut,mxf,gxf,gif,apng,rm,ivf,"
        + "h264,hevc,vvc,m4v,h263,h261,obu,av1,vc1,dirac,cavsvideo,avs2,avs3,yuv4mpegpipe,mjpeg,dv,wtv,nuv,nsv,lxf,dhav";

    /// <summary>Options that stand before -i, -i, and the name; "file:" keeps a leading dash or a colon from meaning anything.</summary>
    public static IEnumerable<string> For(string path, bool allowPlaylists) =>
        ["-protocol_whitelist", "file,pipe", .. allowPlaylists ? Array.Empty<string>() : ["-format_whitelist", SelfContained], "-i", FileName(path)];

    /// <summary>Keeps decoders from frames that are much larger than allowed. Room for rows and columns that codecs add and cut off.</summary>
    public static IEnumerable<string> Limit(long maxPixels) =>
        ["-max_pixels", (Math.Min(maxPixels, int.MaxValue) * 9 / 8 + 65536).ToString(CultureInfo.InvariantCulture)];

    /// <summary>A local file's name as ffmpeg takes it.</summary>
    public static string FileName(string path) => "file:" + Path.GetFullPath(path);
}
