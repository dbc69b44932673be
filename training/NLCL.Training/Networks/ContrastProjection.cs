using TorchSharp.Modules;
using static TorchSharp.torch;

namespace NLCL.Training;

/// <summary>The head of one tap: <c>normalise(second(relu(first(x))))</c>.</summary>
sealed class ContrastProjection : nn.Module<Tensor, Tensor>
{
    // Keeps the gradient of a zero vector finite, and is far below all others: an untrained discriminator's features and the
    // small first weights give lengths of 1e-7.
    const double SquaredLengthFloor = 1e-20;

    readonly Linear first;
    readonly Linear second;

    public ContrastProjection(int channels, ContrastHeadOptions options) : base(nameof(ContrastProjection))
    {
        first = nn.Linear(channels, options.Width);
        second = nn.Linear(options.Width, options.Width);
        Initialization.XavierNormal(first.weight!, first.bias, options.InitialGain);
        Initialization.XavierNormal(second.weight!, second.bias, options.InitialGain);
        RegisterComponents();
    }

    /// <param name="input"><c>[..., C]</c>.</param>
    /// <returns>Vectors of length one, <c>[..., 256]</c>.</returns>
    public override Tensor forward(Tensor input)
    {
        var x = second.forward(nn.functional.relu(first.forward(input)));
        return x * (x.square().sum(-1, keepdim: true) + SquaredLengthFloor).rsqrt();
    }
}
