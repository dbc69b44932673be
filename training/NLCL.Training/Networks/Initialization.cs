using static TorchSharp.torch;

namespace NLCL.Training;

/// <summary>First weights that differ from PyTorch's own.</summary>
static class Initialization
{
    /// <summary>
    /// Normal with standard deviation <c>gain * sqrt(2 / (fan in + fan out))</c>, bias zero: the method's choice, gain 0.02, for
    /// discriminator and heads (Glorot and Bengio, AISTATS 2010).
    /// </summary>
    public static void XavierNormal(Tensor weight, Tensor? bias, double gain)
    {
        nn.init.xavier_normal_(weight, gain);
        if (bias is not null)
        {
            nn.init.zeros_(bias);
        }
    }
}
