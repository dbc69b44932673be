using System.CommandLine;
using NLCL.CommandLine;
using NLCL.Runtime;

namespace NLCL.Derain;

/// <summary>The option --precision, and what is said of how a model ran.</summary>
static class PrecisionOption
{
    const string Description =
        "Which variant of the model: fp32, fp16 and int8 insist on one; auto takes MODEL.int8.onnx on a processor with byte dot products (VNNI) and MODEL.fp16.onnx on a GPU, where such a file lies beside the model.";

    public static Option<ModelPrecision> Create(string description = Description) =>
        new("--precision") { Description = description, DefaultValueFactory = _ => ModelPrecision.Auto };

    /// <summary>Behind the device's name: nothing for a model of full precision, which is what people expect.</summary>
    public static string Suffix(DeviceReport device) => device.Precision == ModelContract.Fp32 ? "" : $", {device.Precision}";

    /// <summary>One line where tiles had to be made smaller.</summary>
    public static void WarnOfReduction(Derainer derainer)
    {
        if (derainer.Reduction is { } reduction) { ConsoleText.WriteWarning($"{reduction}; the result is the same, it took longer"); }
    }
}
