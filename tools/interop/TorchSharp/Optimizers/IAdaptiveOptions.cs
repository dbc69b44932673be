namespace TorchSharp.Modules;

/// <summary>The options of Adam and AdamW, which in the original have no type in common that names them.</summary>
interface IAdaptiveOptions
{
    double? LearningRate { get; set; }

    ref double? Beta1 { get; }

    ref double? Beta2 { get; }

    ref double? WeightDecay { get; }

    ref double? Epsilon { get; }

    ref bool? Amsgrad { get; }

    ref bool? Maximize { get; }
}
