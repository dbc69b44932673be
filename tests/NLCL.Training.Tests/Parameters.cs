using static TorchSharp.torch;

namespace NLCL.Training.Tests;

static class Parameters
{
    public static long Count(nn.Module module) => module.parameters().Sum(parameter => parameter.numel());

    public static string[] Names(nn.Module module) => [.. module.state_dict().Keys];

    public static Tensor Of(nn.Module module, string name) => module.state_dict()[name];
}
