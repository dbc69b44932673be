namespace TorchSharp.Modules;

/// <summary>What Adam and AdamW remember of a parameter; in the original the two have no type in common that names it.</summary>
interface IAdaptiveMoments
{
    Parameter Parameter { get; }

    ref long Steps { get; }

    torch.Tensor First { get; }

    torch.Tensor Second { get; }

    /// <summary>The highest second moment so far, kept for amsgrad only.</summary>
    ref torch.Tensor? Highest { get; }
}
