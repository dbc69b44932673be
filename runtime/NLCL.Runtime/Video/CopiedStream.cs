namespace NLCL.Runtime;

/// <summary>A stream of the original that goes into the output beside the derained video.</summary>
/// <param name="Source">As it is in the original.</param>
/// <param name="Codec">"copy": bit for bit; otherwise the text subtitle format of the output container.</param>
/// <param name="Picture">A file with the cover picture, for Matroska: it keeps covers as attached files. Else null.</param>
sealed record CopiedStream(MediaStream Source, string Codec = "copy", string? Picture = null)
{
    /// <summary>For messages: "subtitle stream 3 (subrip, fra)".</summary>
    public string Name => $"{Source.CodecType} stream {Source.Index} ({Source.CodecName}{(Source.Tag("language") is { } language ? ", " + language : "")})";
}
