using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace NLCL.Training;

public sealed partial record TrainingOptions
{
    static readonly JsonSerializerOptions s_json = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    /// <summary>The record as indented JSON, every member written out.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, s_json);

    /// <summary>Reads what <see cref="ToJson"/> wrote. Members that are not there keep their defaults; unknown ones are refused.</summary>
    /// <param name="json">A JSON object.</param>
    /// <param name="origin">Where the text comes from, for the message.</param>
    /// <exception cref="TrainingException">Not JSON, an unknown member, or a value of the wrong type.</exception>
    public static TrainingOptions FromJson(string json, string origin)
    {
        try
        {
            return JsonSerializer.Deserialize<TrainingOptions>(json, s_json) ?? throw new TrainingException($"{origin}: 'null' is no set of options.");
        }
        catch (JsonException failure)
        {
            throw new TrainingException($"{origin}: not a set of training options: {failure.Message}", failure);
        }
    }

    /// <summary>A copy with one member set from text.</summary>
    /// <param name="assignment">"name=value"; a member of a member is reached with a dot: "weights.adversary=0.1".</param>
    /// <exception cref="ArgumentException">No such member, or the value does not fit its type.</exception>
    public TrainingOptions With(string assignment)
    {
        ArgumentNullException.ThrowIfNull(assignment);
        int equals = assignment.IndexOf('=', StringComparison.Ordinal);
        if (equals <= 0) { throw new ArgumentException($"'{assignment}' is not name=value."); }
        (string name, string value) = (assignment[..equals].Trim(), assignment[(equals + 1)..].Trim());
        JsonNode root = JsonSerializer.SerializeToNode(this, s_json)!;
        string[] steps = name.Split('.');
        JsonObject parent = root.AsObject();
        foreach (string step in steps[..^1])
        {
            parent = Member(parent, step, name) as JsonObject ?? throw new ArgumentException($"'{name}': '{step}' has no members.");
        }
        JsonNode? old = Member(parent, steps[^1], name);
        if (old is JsonObject group) { throw new ArgumentException($"'{name}' is a group; set one of its members: {string.Join(", ", group.Select(item => $"{name}.{item.Key}"))}."); }
        try
        {
            parent[steps[^1]] = ValueLike(old, value);
            return root.Deserialize<TrainingOptions>(s_json)!;
        }
        catch (JsonException)
        {
            throw new ArgumentException($"'{value}' does not fit '{name}', which is {old?.ToJsonString(s_json) ?? "null"} now.");
        }
    }

    /// <summary>The value of a member as text, for the line that reports an override.</summary>
    /// <param name="name">Dotted name as in <see cref="With"/>.</param>
    public string ValueOf(string name)
    {
        JsonNode? node = JsonSerializer.SerializeToNode(this, s_json);
        foreach (string step in name.Split('.')) { node = Member((node as JsonObject)!, step, name); }
        return node?.ToJsonString() ?? "null";
    }

    static JsonNode? Member(JsonObject parent, string step, string name) => parent.TryGetPropertyValue(step, out JsonNode? member)
        ? member
        : throw new ArgumentException($"There is no option '{name}'; here are: {string.Join(", ", parent.Select(item => item.Key))}.");

    /// <summary>Text stays text where text stands; else it must be a JSON value, of which the record checks the type.</summary>
    static JsonNode? ValueLike(JsonNode? old, string value) => old?.GetValueKind() switch
    {
        JsonValueKind.String => JsonValue.Create(value),
        JsonValueKind.Number when double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && !value.Contains('_', StringComparison.Ordinal)
            => number == Math.Floor(number) && Math.Abs(number) < 1e15 ? JsonValue.Create((long)number) : JsonValue.Create(number),
        _ => JsonNode.Parse(value),
    };
}
