namespace NLCL.Training;

/// <summary>What rain to put on clean pictures: every picture draws one of the <see cref="Kinds"/>, then its parameters.</summary>
public sealed record RainOptions
{
    /// <summary>Probability that a picture stays as it is, so that a derainer learns to leave dry pictures alone.</summary>
    public double NoRain { get; init; }

    /// <summary>The kinds to draw from.</summary>
    public IReadOnlyList<RainKindOptions> Kinds { get; init; } = [new()];

    /// <summary>What is done to the clean picture first; it is the target then. Null: it stays as it came in.</summary>
    public SceneOptions? Scene { get; init; }

    /// <summary>Noise and compression after the rain.</summary>
    public CameraOptions Camera { get; init; } = new();

    /// <summary>Height in pixels of the whole picture that a smaller crop is taken to come from; the veil spans the whole.</summary>
    public ValueRange PictureHeight { get; init; } = new(320, 1080);

    /// <summary>Every kind below, and now and then no rain at all.</summary>
    public static RainOptions Mixed { get; } = new() { NoRain = 0.2, Kinds = RainKinds.All, Scene = new() };

    /// <summary>
    /// The same in the shares that the lean preset learns from: those that the last stages of the model that ships came to, in search of gains on every kind. Natural
    /// rain has less haze and tone of its own, for a hazy day is to stay one.
    /// </summary>
    public static RainOptions Balanced { get; } = new()
    {
        NoRain = 0.3,
        Kinds =
        [
            RainKinds.Drizzle with { Weight = 0.195 },
            RainKinds.Streaks with { Weight = 0.25 },
            RainKinds.Heavy with { Weight = 0.26 },
            RainKinds.Photoshop with { Weight = 0.28 },
            RainKinds.Veil with { Weight = 0.18 },
            RainKinds.City with { Weight = 0.1 },
            RainKinds.Natural with { Weight = 0.36, Veil = RainKinds.Natural.Veil with { Probability = 0.2, ToneProbability = 0.2 } },
        ],
        Scene = new() { Look = new SceneOptions().Look with { Probability = 0.42 } },
    };

    /// <summary>A few thin, faint streaks.</summary>
    public static RainOptions Drizzle { get; } = Of(RainKinds.Drizzle);

    /// <summary>Sparse, clearly drawn streaks of one direction; no haze.</summary>
    public static RainOptions Streaks { get; } = Of(RainKinds.Streaks);

    /// <summary>Dense bright streaks over the whole picture, often of several directions.</summary>
    public static RainOptions Heavy { get; } = Of(RainKinds.Heavy);

    /// <summary>Motion-blurred noise laid over the picture, with a shift of tone.</summary>
    public static RainOptions Photoshop { get; } = Of(RainKinds.Photoshop);

    /// <summary>Dense rain in haze.</summary>
    public static RainOptions Veil { get; } = Of(RainKinds.Veil);

    /// <summary>Fine rain in fog that thickens with depth.</summary>
    public static RainOptions City { get; } = Of(RainKinds.City);

    /// <summary>Rain as a camera sees it: near drops blurred and transparent, far ones fine and dense.</summary>
    public static RainOptions Natural { get; } = Of(RainKinds.Natural);

    /// <summary>Sparse rain close by and in focus: few wide streaks with sharp edges before fine ones.</summary>
    public static RainOptions Near { get; } = Of(RainKinds.Near);

    /// <summary>The preset of a name: <c>mixed</c>, here with clean pictures as they are, or that of a kind.</summary>
    public static RainOptions Named(string name) => name == "mixed"
        ? Mixed with { Scene = null }
        : Of(RainKinds.All.FirstOrDefault(kind => kind.Name == name)
            ?? throw new ArgumentException($"There is no rain called '{name}'; known are {string.Join(", ", Names)}.", nameof(name)));

    /// <summary>The names that <see cref="Named"/> knows.</summary>
    public static IReadOnlyList<string> Names { get; } = ["mixed", .. RainKinds.All.Select(kind => kind.Name)];

    /// <summary>Throws <see cref="ArgumentException"/> where a range is reversed or out of bounds.</summary>
    public void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfNegative(NoRain);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(NoRain, 1);
        ArgumentOutOfRangeException.ThrowIfZero(Kinds.Count, nameof(Kinds));
        PictureHeight.Validate(nameof(PictureHeight), 1, 1e5);
        Scene?.Validate();
        Camera.Validate();
        foreach (var kind in Kinds)
        {
            kind.Validate();
        }
    }

    static RainOptions Of(RainKindOptions kind) => new() { Kinds = [kind] };
}
