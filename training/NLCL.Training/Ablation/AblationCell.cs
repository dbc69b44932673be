namespace NLCL.Training;

/// <summary>One training of an ablation, done.</summary>
/// <param name="Variant">Name of the variant.</param>
/// <param name="Seed">Its seed.</param>
/// <param name="Figures">What the last weights reach on the development pictures: the last, not the best, which would favour whoever sways most.</param>
/// <param name="Seconds">How long the training took.</param>
/// <param name="Kept">Found done from before.</param>
public sealed record AblationCell(string Variant, int Seed, DevelopmentFigures Figures, double Seconds, bool Kept);
