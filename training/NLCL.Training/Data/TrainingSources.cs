using NLCL.Runtime;

namespace NLCL.Training;

/// <summary>
/// Which pictures a training sees. Rainy and clean pictures never form pairs: where both roles draw from one folder of
/// side-by-side pairs, each file serves in one role only, which its name decides (<see cref="PictureRoles"/>).
/// </summary>
public sealed record TrainingSources
{
    /// <summary>Rainy pictures: the domain to learn the rain of.</summary>
    public IReadOnlyList<PictureFolder> Rainy { get; init; } = [];

    /// <summary>Clean pictures of other scenes.</summary>
    public IReadOnlyList<PictureFolder> Clean { get; init; } = [];

    /// <summary>Folder of streak textures (white on black) for synthetic rain; null: procedural streaks only.</summary>
    public string? Streaks { get; init; }

    /// <summary>Checkpoint of a trained run, or its weights alone, that a new training of the same network begins with; null: random weights.</summary>
    public string? Start { get; init; }

    /// <summary>Checkpoint of a trained run whose network teaches (<see cref="LossWeights.Distillation"/>); null: none.</summary>
    public string? Teacher { get; init; }

    /// <summary>Rainy halves of the development sets; never trained on.</summary>
    public IReadOnlyList<PictureFolder> DevelopmentRainy { get; init; } = [];

    /// <summary>Clean halves of the development sets, in the same order; pictures of one set pair by file name.</summary>
    public IReadOnlyList<PictureFolder> DevelopmentClean { get; init; } = [];

    /// <summary>Files of <see cref="Streaks"/> without those held back.</summary>
    internal IReadOnlyList<string> StreakTextures(int holdOutEvery) =>
        Streaks is null ? [] : [.. PictureFolder.Parse(Streaks).Files().Where(file => !HeldBack.Is(file, holdOutEvery))];
}
