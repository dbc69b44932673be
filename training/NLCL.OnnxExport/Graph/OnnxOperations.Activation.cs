using NLCL.OnnxExport.Format;
using static TorchSharp.torch;

namespace NLCL.OnnxExport;

sealed partial class OnnxOperations
{
    public OnnxValue Relu(OnnxValue x) => Unary("Relu", x);

    public OnnxValue LeakyRelu(OnnxValue x, double slope = 0.01) =>
        Unary("LeakyRelu", x, AttributeProto.Of("alpha", (float)slope));

    public OnnxValue Prelu(OnnxValue x, Tensor slope)
    {
        var slopes = slope.shape[0];
        if (slopes != 1)
        {
            RequireFit("Prelu", x, 1, slopes);
        }
        // One slope per channel has to stand on the channel axis; [C] alone would meet the last one.
        long[] shape = slopes == 1 ? [1] : [slopes, .. Enumerable.Repeat(1L, x.Rank - 2)];
        return graph.Node("PRelu", [x, graph.Weight(slope, shape)], x.ElementType, x.Shape, graph.WeightName(slope));
    }

    public OnnxValue Gelu(OnnxValue x, bool tanh = false)
    {
        if (tanh)
        {
            var cube = Multiply(Multiply(x, x), x);
            var inner = Scale(Add(x, Scale(cube, 0.044715)), Math.Sqrt(2 / Math.PI));
            return Multiply(Scale(x, 0.5), AddConstant(Tanh(inner), 1));
        }
        // This order of nodes is the one that ONNX Runtime recognises and replaces by a single Gelu.
        var error = Unary("Erf", Divide(x, graph.Scalar(Math.Sqrt(2), x.ElementType)));
        return Scale(Multiply(x, AddConstant(error, 1)), 0.5);
    }

    public OnnxValue Silu(OnnxValue x) => Multiply(x, Sigmoid(x));

    public OnnxValue Softplus(OnnxValue x) => Unary("Softplus", x);

    public OnnxValue Sigmoid(OnnxValue x) => Unary("Sigmoid", x);

    public OnnxValue Tanh(OnnxValue x) => Unary("Tanh", x);

    public OnnxValue HardSigmoid(OnnxValue x) =>
        Unary("HardSigmoid", x, AttributeProto.Of("alpha", 1f / 6), AttributeProto.Of("beta", 0.5f));

    public OnnxValue HardSwish(OnnxValue x) => Unary("HardSwish", x);

    public OnnxValue Clip(OnnxValue x, double min, double max) =>
        graph.Node("Clip", [x, graph.Scalar(min, x.ElementType), graph.Scalar(max, x.ElementType)], x.ElementType, x.Shape);

    public OnnxValue Dropout(OnnxValue x, double probability, bool training) => x;
}
