using static TorchSharp.torch;

namespace NLCL.Training;

/// <summary>
/// Squared distances between one patch and all patches of a window, as <c>|p|² - 2 p·a + |a|²</c>.
/// </summary>
/// <remarks>
/// By operations on tensors, for GPUs above all: on a processor with vector units <see cref="ProcessorDistances"/> does it in plain memory. A convolution with the anchor as its one kernel leaves processors idle: libtorch has no fast path for a single output
/// channel. Here each of the anchor's P columns is a kernel of P x 1, which makes P channels; the correlation is their sum along
/// a diagonal, <c>Σ_d product[d, y, x + d]</c>, read through strides without a copy. Box sums of squares are taken row-wise,
/// then column-wise, in the same way.
/// </remarks>
static class PatchDistances
{
    /// <summary>Compares each picture's anchor with every patch of its window.</summary>
    /// <param name="features"><c>[N, C, H, W]</c>.</param>
    /// <param name="windows">One per picture, all of one size.</param>
    /// <param name="patch">Side P of the patches.</param>
    /// <returns><c>[N, Height - P + 1, Width - P + 1]</c> by the patches' upper left corners; 0 or more.</returns>
    public static Tensor Squared(Tensor features, IReadOnlyList<PatchWindow> windows, int patch)
    {
        List<Tensor> correlations = [], squares = [];
        for (var picture = 0; picture < windows.Count; picture++)
        {
            using var scope = NewDisposeScope(); // the next picture works in memory that is warm
            var place = windows[picture];
            var window = features.select(0, picture)
                .narrow(1, place.Top, place.Height).narrow(2, place.Left, place.Width);            // [C, 55, 55]
            // A shift of all values leaves distances as they are; around the anchor's mean the three terms are small, so
            // that their sum loses few digits.
            window = window - Anchor(window, place, patch).mean([1, 2], keepdim: true);
            var columns = Anchor(window, place, patch).permute(2, 0, 1).unsqueeze(3);               // [16, C, 16, 1]
            // Picture by picture: on a CPU a grouped convolution of the whole batch takes twice as long.
            var products = nn.functional.conv2d(window.unsqueeze(0), columns);                      // [1, 16, 40, 55]
            correlations.Add(DiagonalSums(products).MoveToOuterDisposeScope());                     // [1, 40, 40]
            // In its own place: the window is needed no more. 0 without L would be a type.
            squares.Add(window.mul_(window).sum(0L).MoveToOuterDisposeScope());                     // [55, 55]
        }

        var energy = BoxSums(stack(squares), patch);                                                // [N, 40, 40]
        var anchors = windows.Select(place => (place.AnchorTop * energy.shape[2]) + place.AnchorLeft).ToArray();
        var anchorEnergy = energy.flatten(1).gather(1, tensor(anchors, device: features.device).unsqueeze(1)); // [N, 1]
        return energy.add(cat(correlations, 0), -2).add_(anchorEnergy.unsqueeze(2)).clamp_min_(0);
    }

    static Tensor Anchor(Tensor window, PatchWindow place, int patch) =>
        window.narrow(1, place.AnchorTop, patch).narrow(2, place.AnchorLeft, patch);

    // [N, H, W] -> [N, H - P + 1, W - P + 1]
    static Tensor BoxSums(Tensor squares, int patch)
    {
        var (pictures, height, width) = (squares.shape[0], squares.shape[1], squares.shape[2]);
        var rows = height - patch + 1;
        return squares.contiguous().as_strided([pictures, patch, rows, width], [height * width, width, width, 1]).sum(1)
            .contiguous().as_strided([pictures, patch, rows, width - patch + 1], [rows * width, 1, width, 1]).sum(1);
    }

    // [1, P, h, W] -> [1, h, W - P + 1]
    static Tensor DiagonalSums(Tensor products)
    {
        var (patch, rows, width) = (products.shape[1], products.shape[2], products.shape[3]);
        return products.contiguous()
            .as_strided([1, patch, rows, width - patch + 1], [patch * rows * width, (rows * width) + 1, width, 1]).sum(1);
    }
}
