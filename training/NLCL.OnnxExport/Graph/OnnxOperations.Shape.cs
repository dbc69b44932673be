using NLCL.OnnxExport.Format;

namespace NLCL.OnnxExport;

sealed partial class OnnxOperations
{
    public OnnxValue Concat(IReadOnlyList<OnnxValue> parts, int axis = 1)
    {
        if (parts.Count == 0)
        {
            throw new ArgumentException("Concat needs at least one part.", nameof(parts));
        }
        var at = Axis(parts[0], axis);
        var shape = parts[0].Shape.ToArray();
        foreach (var part in parts)
        {
            RequireSameType("Concat", parts[0], part);
            if (part.Rank != shape.Length)
            {
                throw new ArgumentException($"Concat: parts with {shape.Length} and {part.Rank} axes do not fit each other.");
            }
        }
        shape[at] = Dimension.Sum(parts.Select(part => part.Shape[at]));
        return graph.Node("Concat", [.. parts], parts[0].ElementType, shape, null, AttributeProto.Of("axis", at));
    }

    public IReadOnlyList<OnnxValue> Split(OnnxValue x, IReadOnlyList<int> sizes, int axis = 1)
    {
        var at = Axis(x, axis);
        if (x.Shape[at].Length is { } length && length != sizes.Sum())
        {
            throw new ArgumentException($"Split: the sizes add up to {sizes.Sum()}, the axis is {length} long.");
        }
        var outputs = sizes.Select(size => (x.ElementType, (IReadOnlyList<Dimension>)With(x.Shape, at, Dimension.Fixed(size)))).ToArray();
        return graph.Node("Split", [x, graph.Integers([.. sizes.Select(size => (long)size)])], outputs, null, [AttributeProto.Of("axis", at)]);
    }

    public OnnxValue Slice(OnnxValue x, int axis, int start, int? end = null, int step = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(step);
        var at = Axis(x, axis);
        return graph.Node("Slice",
            [x, graph.Integers(start), graph.Integers(end ?? long.MaxValue), graph.Integers(at), graph.Integers(step)],
            x.ElementType, With(x.Shape, at, SliceLength(x.Shape[at], start, end, step)));
    }

    public OnnxValue Gather(OnnxValue x, IReadOnlyList<int> indices, int axis = 1)
    {
        var at = Axis(x, axis);
        if (indices.Any(index => index < 0 || index >= (x.Shape[at].Length ?? int.MaxValue)))
        {
            throw new ArgumentException($"Gather: ({string.Join(", ", indices)}) goes beyond an axis of {x.Shape[at].Text ?? "?"}.", nameof(indices));
        }
        return graph.Node("Gather", [x, graph.Integers([.. indices.Select(index => (long)index)])], x.ElementType,
            With(x.Shape, at, Dimension.Fixed(indices.Count)), null, AttributeProto.Of("axis", at));
    }

    public OnnxValue Transpose(OnnxValue x, IReadOnlyList<int> permutation)
    {
        var axes = permutation.Select(axis => Axis(x, axis)).ToArray();
        if (axes.Length != x.Rank || axes.Distinct().Count() != x.Rank)
        {
            throw new ArgumentException($"Transpose: ({string.Join(", ", permutation)}) does not reorder {x.Rank} axes.", nameof(permutation));
        }
        return graph.Node("Transpose", [x], x.ElementType, [.. axes.Select(axis => x.Shape[axis])], null,
            AttributeProto.Of("perm", axes.Select(axis => (long)axis)));
    }

    public OnnxValue Reshape(OnnxValue x, IReadOnlyList<int> shape)
    {
        if (shape.Any(length => length < -1) || shape.Count(length => length == -1) > 1
            || shape.Index().Any(axis => axis.Item == 0 && axis.Index >= x.Rank))
        {
            throw new ArgumentException($"Reshape: ({string.Join(", ", shape)}) is no shape for a value with {x.Rank} axes.", nameof(shape));
        }
        return graph.Node("Reshape", [x, graph.Integers([.. shape.Select(length => (long)length)])], x.ElementType, Reshaped(x.Shape, shape));
    }

    public OnnxValue ReshapeLike(OnnxValue x, OnnxValue like)
    {
        var shape = graph.Node("Shape", [like], ElementType.Int64, [Dimension.Fixed(like.Rank)]);
        return graph.Node("Reshape", [x, shape], x.ElementType, like.Shape);
    }

    static Dimension[] With(IReadOnlyList<Dimension> shape, int axis, Dimension length)
    {
        var changed = shape.ToArray();
        changed[axis] = length;
        return changed;
    }

    static Dimension SliceLength(Dimension axis, int start, int? end, int step)
    {
        if (axis.Length is { } length)
        {
            var first = Math.Clamp(start < 0 ? start + length : start, 0, length);
            var last = Math.Clamp(end is { } given ? given < 0 ? given + length : given : length, 0, length);
            return Dimension.Fixed(Math.Max(0, (last - first + step - 1) / step));
        }
        // An open axis is taken to be longer than what is cut off it.
        return (start >= 0, end) switch
        {
            (true, null) => (axis + (step - 1 - start)).DividedBy(step),
            (true, < 0) => (axis + (end.Value + step - 1 - start)).DividedBy(step),
            (true, >= 0) => Dimension.Fixed(Math.Max(0, (end.Value - start + step - 1) / step)),
            (false, null) => Dimension.Fixed((-start + step - 1) / step),
            _ => Dimension.Unknown,
        };
    }

    static Dimension[] Reshaped(IReadOnlyList<Dimension> from, IReadOnlyList<int> to)
    {
        var kept = to.Index().Where(axis => axis.Item == 0).Select(axis => axis.Index).ToHashSet();
        var rest = Dimension.Product(from.Where((_, axis) => !kept.Contains(axis)));
        foreach (var length in to.Where(length => length > 0))
        {
            if (rest.Length % length is > 0)
            {
                throw Misfit();
            }
            rest = rest.DividedBy(length);
        }
        if (!to.Contains(-1) && rest.Length is { } left && left != 1)
        {
            throw Misfit();
        }
        ArgumentException Misfit() => new(
            $"Reshape: ({string.Join(", ", from.Select(axis => axis.Text ?? "?"))}) does not fit into ({string.Join(", ", to)}).");
        return [.. to.Select((length, axis) => length switch { 0 => from[axis], -1 => rest, _ => Dimension.Fixed(length) })];
    }
}
