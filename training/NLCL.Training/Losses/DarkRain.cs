using static TorchSharp.torch;

namespace NLCL.Training;

/// <summary>
/// Falling drops refract the bright sky and so brighten what is behind them (Garg and Nayar, IJCV 2007): <c>mean max(0, -rain)</c>. Where nothing but
/// look-alike places tells rain from texture, this does: texture is dark as often as bright.
/// </summary>
public static class DarkRain
{
    /// <param name="rain"><c>[N, 1 or 3, H, W]</c>, signed; positive brightens.</param>
    public static Tensor Loss(Tensor rain) => (-rain).clamp_min(0).mean();
}
