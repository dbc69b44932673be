using System.Runtime.InteropServices;
using NLCL.OnnxExport.Format;

namespace NLCL.OnnxExport.Tests;

public sealed class GraphTests
{
    static readonly ExportOptions s_options = new() { SizeMultiple = 2 };

    [Fact]
    public void A_small_network_reads_like_this()
    {
        using var network = new SmallNetwork();

        var listing = GraphListing.Of(OnnxExporter.ToModel(network, network, s_options));

        Assert.Equal("""
            ir 8, opset 17
            input input [n,3,h,w]
            weight head.weight [8,12,3,3]
            weight integers_0_0_1_1_0_0_1_1 [8]
            weight head.bias [8]
            weight body.weight [8,8,3,3]
            weight scalar_0.5 []
            weight tail.weight [12,8,3,3]
            weight tail.bias [12]
            SpaceToDepth: SpaceToDepth(input) -> SpaceToDepth blocksize=2
            Pad: Pad(SpaceToDepth, integers_0_0_1_1_0_0_1_1) -> Pad mode=reflect
            head/Conv: Conv(Pad, head.weight, head.bias) -> head/Conv kernel_shape=3,3 strides=1,1 pads=0,0,0,0 dilations=1,1 group=1
            Relu: Relu(head/Conv) -> Relu
            body/Conv: Conv(Relu, body.weight) -> body/Conv kernel_shape=3,3 strides=1,1 pads=1,1,1,1 dilations=1,1 group=1
            Relu_2: Relu(body/Conv) -> Relu_2
            Mul: Mul(Relu_2, scalar_0.5) -> Mul
            Add: Add(Relu, Mul) -> Add
            body/Conv_2: Conv(Add, body.weight) -> body/Conv_2 kernel_shape=3,3 strides=1,1 pads=1,1,1,1 dilations=1,1 group=1
            Relu_3: Relu(body/Conv_2) -> Relu_3
            Mul_2: Mul(Relu_3, scalar_0.5) -> Mul_2
            Add_2: Add(Add, Mul_2) -> Add_2
            tail/Conv: Conv(Add_2, tail.weight, tail.bias) -> tail/Conv kernel_shape=3,3 strides=1,1 pads=1,1,1,1 dilations=1,1 group=1
            DepthToSpace: DepthToSpace(tail/Conv) -> DepthToSpace blocksize=2 mode=DCR
            Sub: Sub(input, DepthToSpace) -> output
            output output [n,3,h,w]
            """, listing);
    }

    [Fact]
    public void The_same_weights_give_the_same_bytes()
    {
        using var first = new SmallNetwork();
        using var second = new SmallNetwork();
        using var other = new SmallNetwork(seed: 2);
        var forwards = s_options with { Metadata = new Dictionary<string, string> { ["a"] = "1", ["b"] = "2" } };
        var backwards = s_options with { Metadata = new Dictionary<string, string> { ["b"] = "2", ["a"] = "1" } };

        Assert.Equal(OnnxExporter.ToBytes(first, first, forwards), OnnxExporter.ToBytes(second, second, backwards));
        Assert.NotEqual(OnnxExporter.ToBytes(first, first, forwards), OnnxExporter.ToBytes(other, other, forwards));
    }

    [Fact]
    public void Weights_carry_the_names_and_values_of_the_state_dictionary()
    {
        using var network = new SmallNetwork();
        var tensors = OnnxExporter.ToModel(network, network, s_options).Graph.NamedInitializers();

        // The weights of 'tail' have taken up the normalisation behind them.
        foreach (var name in new[] { "head.weight", "head.bias", "body.weight" })
        {
            var weight = network.state_dict()[name];
            Assert.Equal(weight.shape, tensors[name].Dims);
            Assert.Equal(weight.data<float>().ToArray(), MemoryMarshal.Cast<byte, float>(tensors[name].RawData.Span).ToArray());
        }
    }

    [Fact]
    public void Equal_constants_are_stored_once()
    {
        using var network = new SmallNetwork();

        var scales = OnnxExporter.ToModel(network, network, s_options).Graph.Node
            .Where(node => node.OpType == "Mul").Select(node => node.Input[1]).ToList();

        Assert.Equal(["scalar_0.5", "scalar_0.5"], scales);
    }

    [Fact]
    public void A_normalisation_is_folded_only_into_a_convolution_that_serves_nothing_else()
    {
        using var alone = new OperationCase("batch norm");
        using var after = new OperationCase("batch norm after convolution");

        Assert.Equal(["BatchNormalization"], Operators(alone));
        Assert.Equal(["Conv"], Operators(after));
        using var transposed = new OperationCase("batch norm after transposed convolution");
        Assert.Equal(["ConvTranspose"], Operators(transposed));
    }

    [Theory]
    [InlineData("convolution of space to depth", "Conv", "kernel_shape=9,6 strides=3,3 pads=3,3,3,3")]
    [InlineData("strided convolution of space to depth", "Conv", "kernel_shape=4,6 strides=2,4 pads=0,2,0,2")]
    [InlineData("grouped convolution of space to depth", "SpaceToDepth Conv", "kernel_shape=3,3 strides=1,1 pads=1,1,1,1")]
    [InlineData("space to depth for two", "SpaceToDepth Conv Add", "kernel_shape=1,1 strides=1,1 pads=0,0,0,0")]
    [InlineData("depth to space of convolution", "Conv DepthToSpace", "kernel_shape=4,4 strides=2,2 pads=1,1,1,1")]
    [InlineData("depth to space of uneven convolution", "MaxPool Conv DepthToSpace", "kernel_shape=6,2 strides=2,2 pads=2,0,2,0")]
    [InlineData("depth to space of wide convolution", "Conv DepthToSpace", "kernel_shape=3,3 strides=1,1 pads=1,1,1,1")]
    [InlineData("depth to space of convolution of any size", "Conv DepthToSpace", "kernel_shape=3,3 strides=1,1 pads=1,1,1,1")]
    public void A_shuffle_is_folded_where_that_is_the_same_and_spares_work(string name, string operations, string convolution)
    {
        using var network = new OperationCase(name);

        var model = OnnxExporter.ToModel(network, network, network.Options);

        Assert.Equal(operations, string.Join(' ', model.Graph.Node.Select(node => node.OpType)));
        Assert.Contains(convolution, GraphListing.Of(model), StringComparison.Ordinal);
        var plain = OnnxExporter.ToModel(network, network, network.Options with { FoldShuffles = false });
        Assert.Equal(plain.Graph.Output, model.Graph.Output);
        Assert.DoesNotContain("strides=2,2 pads=1", GraphListing.Of(plain), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("space to depth", "Conv")]
    [InlineData("depth to space", "ConvTranspose")]
    [InlineData("pixel shuffle", "ConvTranspose")]
    [InlineData("pixel unshuffle", "Conv")]
    public void Shuffles_can_be_written_as_exact_convolutions(string name, string operation)
    {
        using var folder = new TemporaryFolder();
        using var network = new OperationCase(name);
        var portable = network.Options with { Portable = true };

        var report = OnnxExporter.Export(network, network, folder.Path("portable.onnx"), portable);

        Assert.Equal(0, report.MaxDifference);
        Assert.Equal([operation], OnnxExporter.ToModel(network, network, portable).Graph.Node.Select(node => node.OpType));
    }

    [Fact]
    public void What_no_output_needs_is_left_out()
    {
        using var network = new OperationCase("gate");
        var graph = OnnxExporter.ToModel(network, new FirstHalf(), network.Options).Graph;

        Assert.Equal(["Split", "Relu"], graph.Node.Select(node => node.OpType));
    }

    [Fact]
    public void Metadata_and_producer_are_in_the_file()
    {
        using var network = new SmallNetwork();
        var bytes = OnnxExporter.ToBytes(network, network, s_options with
        {
            Metadata = new Dictionary<string, string> { ["z"] = "last", ["licence"] = "MIT" },
            ProducerName = "someone",
            ProducerVersion = "3.1",
            GraphName = "derainer",
        });

        var model = ModelProto.Parser.ParseFrom(bytes);

        Assert.Equal(["licence=MIT", "z=last"], model.MetadataProps.Select(entry => $"{entry.Key}={entry.Value}"));
        Assert.Equal(("someone", "3.1", "derainer"), (model.ProducerName, model.ProducerVersion, model.Graph.Name));
    }

    [Theory]
    [InlineData("convolution", "n,5,h,w")]
    [InlineData("strided convolution and back", "n,4,h,w")]
    [InlineData("depth to space of space to depth", "n,8,h,w")]
    [InlineData("pixel unshuffle", "n,72,h/3,w/3")]
    [InlineData("nearest up", "n,8,2*h,2*w")]
    [InlineData("self attention", "n,8,h,w")]
    [InlineData("mean of picture", "n,8")]
    [InlineData("matmul", "n,8,h,h")]
    public void Output_axes_are_declared_as_formulas_of_the_inputs(string name, string shape)
    {
        using var network = new OperationCase(name);
        var output = OnnxExporter.ToModel(network, network, network.Options).Graph.Output.Single();

        Assert.Equal(shape, string.Join(',', output.Type.TensorType.Shape.Dim.Select(dim => dim.DimParam.Length > 0 ? dim.DimParam : $"{dim.DimValue}")));
    }

    static IEnumerable<string> Operators(OperationCase network) =>
        OnnxExporter.ToModel(network, network, network.Options).Graph.Node.Select(node => node.OpType);

    sealed class FirstHalf : INetworkDescription
    {
        public IReadOnlyList<T> Describe<T>(IOperations<T> ops, IReadOnlyList<T> inputs)
        {
            var halves = ops.Split(inputs[0], [4, 4]);
            ops.Exp(ops.AddConstant(halves[1], 3));
            return [ops.Relu(halves[0])];
        }
    }
}
