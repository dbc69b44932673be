using System.Text.Json.Nodes;

namespace NLCL.Derain;

/// <summary>How many frames of a source were taken, and why the others were not.</summary>
sealed class SourceTally
{
    readonly SortedDictionary<string, int> _refused = new(StringComparer.Ordinal);

    public int Frames { get; set; }

    public int Cuts { get; set; }

    public int Candidates { get; set; }

    public int Taken { get; set; }

    public int Backgrounds { get; set; }

    public void Refuse(string why) => _refused[why] = _refused.GetValueOrDefault(why) + 1;

    public void Add(SourceTally other)
    {
        (Frames, Cuts, Candidates) = (Frames + other.Frames, Cuts + other.Cuts, Candidates + other.Candidates);
        (Taken, Backgrounds) = (Taken + other.Taken, Backgrounds + other.Backgrounds);
        foreach ((string why, int count) in other._refused) { _refused[why] = _refused.GetValueOrDefault(why) + count; }
    }

    public JsonObject ToJson()
    {
        JsonObject refused = [];
        foreach ((string why, int count) in _refused) { refused[why] = count; }
        return new()
        {
            ["frames"] = Frames,
            ["cuts"] = Cuts,
            ["candidates"] = Candidates,
            ["taken"] = Taken,
            ["backgrounds"] = Backgrounds,
            ["refused"] = refused,
        };
    }

    /// <summary>In words.</summary>
    public string Text() => $"{Taken} frames taken of {Candidates} candidates"
        + (_refused.Count > 0 ? $" (refused: {string.Join(", ", _refused.Select(pair => $"{pair.Value} {pair.Key}"))})" : "")
        + (Backgrounds > 0 ? $", {Backgrounds} backgrounds" : "");
}
