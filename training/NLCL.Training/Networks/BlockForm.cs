namespace NLCL.Training;

/// <summary>What a <see cref="ResidualBlock"/> adds to its input. Costs are multiply-adds for each pixel of a map of w channels.</summary>
public enum BlockForm
{
    /// <summary>Two 3x3 convolutions with a ReLU between them: 18 w².</summary>
    Plain,

    /// <summary>One half of the first convolution's channels times the other in place of the ReLU (Chen et al., "Simple Baselines for Image Restoration", ECCV 2022): 13.5 w².</summary>
    Gated,

    /// <summary>A 7x7 convolution of each channel by itself, and two 1x1 convolutions with 2 w channels between them (Liu et al., "A ConvNet for the 2020s", CVPR 2022, without the normalisation): 49 w + 4 w².</summary>
    LargeKernel,

    /// <summary>As <see cref="Plain"/>, a 1x1 convolution beside each 3x3 one while it learns; both become one (Ding et al., "RepVGG", CVPR 2021): 18 w².</summary>
    Merged,
}
