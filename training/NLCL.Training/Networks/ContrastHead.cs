using TorchSharp.Modules;
using static TorchSharp.torch;

namespace NLCL.Training;

/// <summary>
/// Turns an encoder's feature vectors into embeddings of length one, by a perceptron of its own for each tap:
/// <c>Linear(C, 256), ReLU, Linear(256, 256)</c>, then division by the length.
/// </summary>
/// <remarks>
/// As in contrastive unpaired translation (Park et al., ECCV 2020), but built at once from the encoder's
/// <see cref="IFeatureEncoder.TapChannels"/> instead of from the first batch. The released training code never steps the
/// location head and steps the rain head twice; here each head is a module like any other: give all to the optimiser.
/// </remarks>
public sealed class ContrastHead : nn.Module
{
    readonly ModuleList<ContrastProjection> taps;

    /// <param name="tapChannels">Channels of each tap.</param>
    /// <param name="options">Width and first weights.</param>
    public ContrastHead(IReadOnlyList<int> tapChannels, ContrastHeadOptions? options = null) : base(nameof(ContrastHead))
    {
        options ??= new ContrastHeadOptions();
        options.Validate();
        ArgumentOutOfRangeException.ThrowIfZero(tapChannels.Count);
        taps = nn.ModuleList([.. tapChannels.Select(channels => new ContrastProjection(channels, options))]);
        RegisterComponents();
    }

    /// <summary>Embeds vectors that were gathered already.</summary>
    /// <param name="vectors">One per tap: <c>[N, K, C]</c>.</param>
    /// <returns>One per tap: <c>[N, K, 256]</c>, length one.</returns>
    public IReadOnlyList<Tensor> Embed(IReadOnlyList<Tensor> vectors)
    {
        if (vectors.Count != taps.Count)
        {
            throw new ArgumentException($"The head has {taps.Count} taps, found {vectors.Count} maps.", nameof(vectors));
        }

        return [.. vectors.Select((vector, index) => taps[index].forward(vector))];
    }

    /// <summary>Embeds what the maps hold at the patches of a group.</summary>
    /// <param name="features">One map per tap: <c>[N, C, h, w]</c>, of the sampled pictures or of others of their size.</param>
    /// <param name="patches">Where: K places in each of N pictures.</param>
    /// <returns>One per tap: <c>[N, K, 256]</c>, length one.</returns>
    public IReadOnlyList<Tensor> Embed(IReadOnlyList<Tensor> features, PatchGroup patches) =>
        Embed([.. features.Select(patches.Gather)]);
}
