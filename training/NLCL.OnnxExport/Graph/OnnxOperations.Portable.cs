using static TorchSharp.torch;

namespace NLCL.OnnxExport;

/// <summary>What engines with fewer operators than ONNX Runtime need. Shuffles between pixels and channels as convolutions whose weights are 0 and 1: exact, and known to every engine.</summary>
sealed partial class OnnxOperations
{
    /// <summary>Which deep channel holds channel <c>c</c> of the pixel (dy, dx) of a block.</summary>
    delegate long DeepChannel(long c, int dy, int dx, long channels);

    OnnxValue ToDepth(OnnxValue x, int block, DeepChannel deep)
    {
        var channels = Channels("SpaceToDepth", x);
        return Conv2d(x, Selection(channels, block, deep), stride: block);
    }

    OnnxValue ToSpace(string operation, OnnxValue x, int block, DeepChannel deep)
    {
        RequirePicture(operation, x);
        var channels = Channels(operation, x);
        return channels % (block * block) == 0
            ? ConvTranspose2d(x, Selection(channels / (block * block), block, deep), stride: block)
            : throw new ArgumentException($"{operation}: {channels} channels cannot be spread over blocks of {block}x{block}.");
    }

    /// <summary>One channel that meets several, written out as often: OpenCV 4.6 does not repeat it by itself.</summary>
    OnnxValue Widened(OnnxValue x, OnnxValue other) =>
        x.Rank == 4 && other.Rank == 4 && x.Shape[1].Length == 1 && other.Shape[1].Length is > 1 and var channels
            ? Concat([.. Enumerable.Repeat(x, (int)channels)])
            : x;

    /// <summary><c>[deep, channels, block, block]</c>: a 1 where a deep channel takes its pixel from.</summary>
    static Tensor Selection(long channels, int block, DeepChannel deep)
    {
        var weights = new float[channels * block * block * channels * block * block];
        for (var c = 0L; c < channels; c++)
        {
            for (var pixel = 0; pixel < block * block; pixel++)
            {
                weights[(deep(c, pixel / block, pixel % block, channels) * channels + c) * block * block + pixel] = 1;
            }
        }
        return tensor(weights, [channels * block * block, channels, block, block]);
    }
}
