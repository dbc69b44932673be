using NLCL.OnnxExport.Format;
using static TorchSharp.torch;

namespace NLCL.OnnxExport;

/// <summary>Writes a description as nodes of a graph.</summary>
sealed partial class OnnxOperations(GraphBuilder graph, int opset, bool portable = false) : IOperations<OnnxValue>
{
    public OnnxValue Constant(Tensor value) => graph.Weight(value);

    public OnnxValue Cast(OnnxValue x, ScalarType type) =>
        graph.Node("Cast", [x], ElementType.Of(type), x.Shape, null, AttributeProto.Of("to", ElementType.Of(type)));

    public OnnxValue Add(OnnxValue a, OnnxValue b) => Binary("Add", a, b);

    public OnnxValue Subtract(OnnxValue a, OnnxValue b) => Binary("Sub", a, b);

    public OnnxValue Multiply(OnnxValue a, OnnxValue b) => Binary("Mul", a, b);

    public OnnxValue Divide(OnnxValue a, OnnxValue b) => Binary("Div", a, b);

    public OnnxValue Maximum(OnnxValue a, OnnxValue b) => Binary("Max", a, b);

    public OnnxValue Minimum(OnnxValue a, OnnxValue b) => Binary("Min", a, b);

    public OnnxValue Scale(OnnxValue x, double factor) => Multiply(x, graph.Scalar(factor, x.ElementType));

    public OnnxValue AddConstant(OnnxValue x, double value) => Add(x, graph.Scalar(value, x.ElementType));

    public OnnxValue Abs(OnnxValue x) => Unary("Abs", x);

    public OnnxValue Exp(OnnxValue x) => Unary("Exp", x);

    public OnnxValue Sqrt(OnnxValue x) => Unary("Sqrt", x);

    public OnnxValue Round(OnnxValue x) => Unary("Round", x);

    public OnnxValue MatMul(OnnxValue a, OnnxValue b) => MatMul(a, b, null);

    public OnnxValue Linear(OnnxValue x, Tensor weight, Tensor? bias = null)
    {
        RequireFit("Linear", x, -1, weight.shape[1]);
        var scope = graph.WeightName(weight);
        if (x.Rank == 2)
        {
            return graph.Node("Gemm", [x, graph.Weight(weight), .. Optional(bias)], x.ElementType,
                [x.Shape[0], Dimension.Fixed(weight.shape[0])], scope, AttributeProto.Of("transB", 1));
        }
        var stored = graph.Weight(weight);
        var transposed = graph.Node("Transpose", [stored], stored.ElementType, [stored.Shape[1], stored.Shape[0]], scope,
            AttributeProto.Of("perm", 1, 0));
        var product = MatMul(x, transposed, scope);
        return bias is null ? product : Binary("Add", product, graph.Weight(bias), scope);
    }

    public OnnxValue Softmax(OnnxValue x, int axis = -1) => Unary("Softmax", x, AttributeProto.Of("axis", axis));

    public OnnxValue Mean(OnnxValue x, IReadOnlyList<int> axes, bool keepAxes = true)
    {
        var keep = AttributeProto.Of("keepdims", keepAxes ? 1 : 0);
        // The axes of ReduceMean became an input with version 18; those of ReduceSum with version 13.
        return opset >= 18
            ? graph.Node("ReduceMean", [x, AxesInput(axes)], x.ElementType, Reduced(x, axes, keepAxes), null, keep)
            : graph.Node("ReduceMean", [x], x.ElementType, Reduced(x, axes, keepAxes), null,
                AttributeProto.Of("axes", axes.Select(axis => (long)axis)), keep);
    }

    public OnnxValue Sum(OnnxValue x, IReadOnlyList<int> axes, bool keepAxes = true) =>
        graph.Node("ReduceSum", [x, AxesInput(axes)], x.ElementType, Reduced(x, axes, keepAxes), null,
            AttributeProto.Of("keepdims", keepAxes ? 1 : 0));

    public OnnxValue Max(OnnxValue x, IReadOnlyList<int> axes, bool keepAxes = true) => Extreme("ReduceMax", x, axes, keepAxes);

    public OnnxValue Min(OnnxValue x, IReadOnlyList<int> axes, bool keepAxes = true) => Extreme("ReduceMin", x, axes, keepAxes);

    OnnxValue Extreme(string operation, OnnxValue x, IReadOnlyList<int> axes, bool keepAxes)
    {
        var keep = AttributeProto.Of("keepdims", keepAxes ? 1 : 0);
        // As with ReduceMean.
        return opset >= 18
            ? graph.Node(operation, [x, AxesInput(axes)], x.ElementType, Reduced(x, axes, keepAxes), null, keep)
            : graph.Node(operation, [x], x.ElementType, Reduced(x, axes, keepAxes), null,
                AttributeProto.Of("axes", axes.Select(axis => (long)axis)), keep);
    }

    OnnxValue Unary(string operation, OnnxValue x, params IEnumerable<AttributeProto> attributes) =>
        graph.Node(operation, [x], x.ElementType, x.Shape, null, attributes);

    OnnxValue Binary(string operation, OnnxValue a, OnnxValue b, string? scope = null)
    {
        RequireSameType(operation, a, b);
        if (portable)
        {
            (a, b) = (Widened(a, b), Widened(b, a));
        }
        return graph.Node(operation, [a, b], a.ElementType, Broadcast(operation, a.Shape, b.Shape), scope);
    }

    OnnxValue MatMul(OnnxValue a, OnnxValue b, string? scope)
    {
        RequireSameType("MatMul", a, b);
        if (a.Rank < 2 || b.Rank < 2)
        {
            throw new ArgumentException($"MatMul needs at least two axes on both sides, got {a.Rank} and {b.Rank}.");
        }
        if (a.Shape[^1].Length is { } inner && b.Shape[^2].Length is { } other && inner != other)
        {
            throw new ArgumentException($"MatMul: {inner} columns meet {other} rows.");
        }
        IReadOnlyList<Dimension> outer = Broadcast("MatMul", [.. a.Shape.SkipLast(2)], [.. b.Shape.SkipLast(2)]);
        return graph.Node("MatMul", [a, b], a.ElementType, [.. outer, a.Shape[^2], b.Shape[^1]], scope);
    }

    OnnxValue AxesInput(IReadOnlyList<int> axes) => graph.Integers([.. axes.Select(axis => (long)axis)]);

    OnnxValue[] Optional(Tensor? weight) => weight is null ? [] : [graph.Weight(weight)];

    static Dimension[] Broadcast(string operation, IReadOnlyList<Dimension> a, IReadOnlyList<Dimension> b)
    {
        var rank = Math.Max(a.Count, b.Count);
        var one = Dimension.Fixed(1);
        var shape = new Dimension[rank];
        for (var axis = 1; axis <= rank; axis++)
        {
            var left = axis <= a.Count ? a[^axis] : one;
            var right = axis <= b.Count ? b[^axis] : one;
            shape[^axis] = Dimension.TryBroadcast(left, right)
                ?? throw new ArgumentException($"{operation}: axes of length {left.Length} and {right.Length} do not fit each other.");
        }
        return shape;
    }

    static Dimension[] Reduced(OnnxValue x, IReadOnlyList<int> axes, bool keep)
    {
        var reduced = axes.Select(axis => Axis(x, axis)).ToHashSet();
        return [.. x.Shape.Index()
            .Where(axis => keep || !reduced.Contains(axis.Index))
            .Select(axis => reduced.Contains(axis.Index) ? Dimension.Fixed(1) : axis.Item)];
    }

    static int Axis(OnnxValue x, int axis) => axis >= -x.Rank && axis < x.Rank
        ? (axis + x.Rank) % x.Rank
        : throw new ArgumentOutOfRangeException(nameof(axis), axis, $"The value has {x.Rank} axes.");

    static void RequireSameType(string operation, OnnxValue a, OnnxValue b)
    {
        if (a.ElementType != b.ElementType)
        {
            throw new ArgumentException($"{operation}: element types {(TensorProto.Types.DataType)a.ElementType} and " +
                $"{(TensorProto.Types.DataType)b.ElementType} do not mix; cast one of them.");
        }
    }

    static void RequireFit(string operation, OnnxValue x, int axis, long expected)
    {
        if (x.Shape[Axis(x, axis)].Length is { } length && length != expected)
        {
            throw new ArgumentException($"{operation}: the weights are made for {expected} channels, the value has {length}.");
        }
    }

    static void RequirePicture(string operation, OnnxValue x)
    {
        if (x.Rank != 4)
        {
            throw new ArgumentException($"{operation} needs [N, C, H, W], got {x.Rank} axes.");
        }
    }

    static long Channels(string operation, OnnxValue x) => x.Shape[1].Length
        ?? throw new ArgumentException($"{operation} needs a known number of channels.");
}
