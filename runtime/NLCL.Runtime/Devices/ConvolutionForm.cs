namespace NLCL.Runtime;

/// <summary>How a GPU is to lay out a network's convolutions, slower ones first (DECISIONS.md, 46).</summary>
enum ConvolutionForm
{
    /// <summary>Channel by channel, as the file has them.</summary>
    AsWritten,

    /// <summary>All channels of a pixel together, as tensor cores take them: nothing is turned round before each convolution and behind it.</summary>
    ChannelsLast,

    /// <summary>The same, and each bias within its convolution. The first run of a shape compiles such kernels, for up to two seconds.</summary>
    ChannelsLastFused,
}
