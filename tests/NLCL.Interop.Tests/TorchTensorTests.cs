using System.Runtime.InteropServices;
using TorchSharp;
using static NLCL.Interop.Tests.TorchValues;
using static TorchSharp.torch;

namespace NLCL.Interop.Tests;

public sealed class TorchTensorTests : IDisposable
{
    readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    [Fact]
    public void Arrays_come_back_as_they_went_in()
    {
        float[] values = [1, 2, 3, 4, 5, 6];
        var made = tensor(values, [2, 3]);
        Assert.Equal([2L, 3L], made.shape);
        Assert.Equal(ScalarType.Float32, made.dtype);
        Assert.Equal(values, made.data<float>().ToArray());
        Assert.Equal(6f, made[1, 2].item<float>());
        Assert.Equal([1f, 4f, 2f, 5f, 3f, 6f], made.t().data<float>().ToArray());
        Assert.Equal([1L, 2L], tensor(new long[] { 1, 2 }).data<long>().ToArray());
        Assert.Equal([true, false], tensor(new[] { true, false }).data<bool>().ToArray());
        Assert.Equal(ScalarType.Byte, tensor(new byte[] { 1 }).dtype);
        Assert.Equal(values, from_array(new float[,] { { 1, 2, 3 }, { 4, 5, 6 } }).flatten().data<float>().ToArray());
    }

    [Fact]
    public void A_tensor_does_not_share_the_array_it_was_made_from()
    {
        float[] values = [1, 2];
        var made = tensor(values);
        values[0] = 9;
        Assert.Equal(1f, made[0].item<float>());
    }

    [Fact]
    public void Types_are_deduced_as_documented()
    {
        Assert.Equal(ScalarType.Int64, arange(3).dtype);
        Assert.Equal(ScalarType.Float32, arange(0, 1, 0.25).dtype);
        Assert.Equal(ScalarType.Float32, zeros(2).dtype);
        Assert.Equal(ScalarType.Int64, randint(0, 5, [2]).dtype);
        Assert.Equal(ScalarType.Float16, zeros(2).half().dtype);
        Assert.Equal(ScalarType.BFloat16, zeros(2, ScalarType.BFloat16).dtype);
        Assert.Equal([0, 0.25, 0.5, 0.75, 1], Doubles(linspace(0, 1, 5)));
        Assert.Equal([1, 0, 0, 1], Doubles(eye(2)));
        Assert.Equal([2.5, 2.5], Doubles(full(2, 2.5)));
    }

    [Fact]
    public void Index_expressions_pick_what_python_would()
    {
        var grid = arange(24).reshape(2, 3, 4);
        Assert.Equal([12.0, 16, 20], Doubles(grid[1, TensorIndex.Colon, 0]));
        Assert.Equal([1.0, 2], Doubles(grid[0, 0, 1..3]));
        Assert.Equal([11.0, 23], Doubles(grid[TensorIndex.Ellipsis, 2, ^1]));
        Assert.Equal([2L, 3L, 1L, 4L], grid[TensorIndex.Colon, TensorIndex.Colon, TensorIndex.None].shape);
        Assert.Equal([0.0, 2], Doubles(grid[0, 0, TensorIndex.Slice(null, null, 2)]));
        Assert.Equal([20.0, 21, 22, 23], Doubles(grid[grid > 19]));
        var rows = tensor(new long[] { 2, 0 });
        Assert.Equal([2L, 2L, 4L], grid[TensorIndex.Colon, TensorIndex.Tensor(rows)].shape);
        Assert.Equal([8.0, 0], Doubles(grid[0, TensorIndex.Tensor(rows), 0]));
    }

    [Fact]
    public void Index_expressions_assign()
    {
        var grid = zeros(3, 4);
        grid[1] = ones(4);
        grid[TensorIndex.Colon, 0] = 5f;
        grid[2, 3] = 7f;
        Assert.Equal([5.0, 0, 0, 0, 5, 1, 1, 1, 5, 0, 0, 7], Doubles(grid));
        grid[grid > 4] = tensor(-1f);
        grid.index_put_((Scalar)3, TensorIndex.Single(0), TensorIndex.Slice(1, 3));
        Assert.Equal([-1.0, 3, 3, 0, -1, 1, 1, 1, -1, 0, 0, -1], Doubles(grid));
    }

    [Fact]
    public void Operators_take_numbers_on_both_sides()
    {
        var x = tensor(new[] { 1.0, 2, 4 });
        AreClose([2, 3, 5], x + 1);
        AreClose([0, -1, -3], 1 - x);
        AreClose([0.5, 1, 2], x / 2);
        AreClose([2, 1, 0.5], 2.0 / x);
        AreClose([-1, -2, -4], -x);
        AreClose([1, 0, 0], x % 2);
        AreClose([0, 1, 1], x > 1);
        AreClose([1, 1, 0], (x >= 1) & (x < 4));
        AreClose([1, 2, 2], x.clamp(max: 2.0));
        AreClose([1, 4, 16], x.pow(2));
        Assert.Equal(7f, (float)x.sum());
    }

    [Fact]
    public void Changes_in_place_return_the_same_object()
    {
        var x = tensor(new[] { 1.0, 2, 4 });
        Assert.Same(x, x.add_(1).mul_(2).sub_(tensor(1.0)).div_(2.0));
        AreClose([1.5, 2.5, 4.5], x);
        AreClose([0.75, 1.25, 2.25], x.lerp_(zeros_like(x), tensor(0.5)));
        AreClose([0.75, 1.25, 2], x.clamp_(0, 2));
        AreClose([1.75, 2.25, 3], x.addcmul_(ones_like(x), ones_like(x), 1));
        AreClose([0, 0, 0], x.zero_());
        AreClose([3, 3, 3], x.fill_(3));
        AreClose([1, 2, 3], x.copy_(arange(1, 4)));
    }

    [Fact]
    public void Reductions_agree_with_linq()
    {
        var x = Draw(1, 3, 5);
        var values = Doubles(x);
        var rows = values.Chunk(5).ToArray();
        AreClose([values.Sum()], x.sum());
        AreClose([values.Average()], x.mean());
        AreClose([.. rows.Select(row => row.Sum())], x.sum(1));
        AreClose([.. rows.Select(row => row.Max())], x.amax([1]));
        AreClose([.. rows.Select(row => row.Min())], x.min(1).values);
        AreClose([.. rows.Select(row => (double)Array.IndexOf(row, row.Max()))], x.argmax(1));
        AreClose([.. rows.Select(row => Math.Sqrt(row.Sum(value => value * value)))], x.norm(1));
        AreClose([.. rows.Select(row => Math.Log(row.Sum(Math.Exp)))], x.logsumexp(1));
        AreClose([.. rows.Select(row => row.Sum(value => Math.Pow(value - row.Average(), 2)) / 4)], x.var(1));
        AreClose([.. rows.Select(row => Math.Sqrt(row.Sum(value => Math.Pow(value - row.Average(), 2)) / 5))], x.std(1, unbiased: false));
        AreClose([.. rows.SelectMany(row => row.Order())], x.sort(1).Values);
        AreClose([.. rows.SelectMany(row => row.OrderDescending().Take(2))], x.topk(2, 1).values);
        AreClose([.. rows.SelectMany(row => row.Select((_, i) => row.Take(i + 1).Sum()))], x.cumsum(1));
        Assert.True(x.isfinite().all().item<bool>());
        Assert.False((x > 100).any().item<bool>());
    }

    [Fact]
    public void Shapes_change_without_changing_elements()
    {
        var x = arange(12).reshape(3, 4);
        Assert.Equal([4L, 3L], x.permute(1, 0).shape);
        Assert.Equal([3L, 1L, 4L], x.unsqueeze(1).shape);
        Assert.Equal([3L, 4L], x.unsqueeze(1).squeeze(1).shape);
        Assert.Equal([2L, 3L, 4L], x.expand(2, 3, 4).shape);
        Assert.Equal([6L, 4L], x.repeat(2, 1).shape);
        Assert.Equal([[3L, 1L], [3L, 3L]], x.split([1, 3], 1).Select(part => part.shape));
        Assert.Equal(2, x.chunk(2, 1).Length);
        AreClose(x, cat([x.narrow(0, 0, 1), x.slice(0, 1, 3, 1)]));
        Assert.Equal([2L, 3L, 4L], stack([x, x]).shape);
        AreClose([3, 2, 1, 0], x[0].flip(0));
        AreClose([3, 0, 1, 2], x[0].roll(1));
        AreClose([0, 5, 10], x.diagonal());
        Assert.Equal([3L, 2L, 3L], x.unfold(1, 3, 1).shape);
        AreClose([1, 1, 1, 0, 1, 1, 0, 0, 1], ones(3, 3).triu());
        var grid = meshgrid([arange(2), arange(3)]);
        AreClose([0, 0, 0, 1, 1, 1], grid[0]);
    }

    [Fact]
    public void Gathering_and_scattering_are_inverse()
    {
        var x = Draw(2, 4, 6);
        var order = x.argsort(1);
        AreClose(x.sort(1).Values, x.gather(1, order));
        AreClose(x.sort(1).Values, x.take_along_dim(order, 1));
        AreClose(x, zeros_like(x).scatter_(1, order, x.gather(1, order)));
        AreClose(x.index_select(0, tensor(new long[] { 3, 1 })), stack([x[3], x[1]]));
        AreClose(x.masked_fill(x < 0, 0), x.clamp_min(0));
        AreClose(where(x > 0, x, -x), x.abs());
        Assert.Equal([(double)x.gt(0).sum().item<long>()], [x.gt(0).nonzero().shape[0]]);
    }

    [Fact]
    public void Products_of_matrices_agree_with_loops()
    {
        var (a, b) = (Draw(3, 2, 3, 4), Draw(4, 2, 4, 5));
        var expected = new double[2 * 3 * 5];
        var (left, right) = (Doubles(a), Doubles(b));
        for (var i = 0; i < expected.Length; i++)
        {
            var (n, row, column) = (i / 15, i / 5 % 3, i % 5);
            expected[i] = Enumerable.Range(0, 4).Sum(k => left[n * 12 + row * 4 + k] * right[n * 20 + k * 5 + column]);
        }
        AreClose(expected, a.matmul(b));
        AreClose(expected, a.bmm(b));
        AreClose(expected, einsum("nij,njk->nik", a, b));
        AreClose(a[0].mm(b[0]), a[0].matmul(b[0]));
        AreClose([Math.Sqrt(Doubles((a[0, 0] - a[0, 1]).square()).Sum())], cdist(a[0, 0].unsqueeze(0), a[0, 1].unsqueeze(0)));
    }

    [Fact]
    public void Decompositions_multiply_back()
    {
        var x = Draw(5, 4, 3);
        var (u, s, vh) = linalg.svd(x, fullMatrices: false);
        AreClose(x, u.matmul(diag(s)).matmul(vh));
        AreClose(s, linalg.svdvals(x));
        var symmetric = x.t().matmul(x);
        AreClose(s.square().flip(0), linalg.eigvalsh(symmetric));
    }

    [Fact]
    public void Errors_of_libtorch_become_exceptions_with_its_text()
    {
        // Not of every operator: a failing matmul ends the process of the original (0.107).
        var error = Assert.Throws<ExternalException>(() => zeros(2).reshape(3));
        Assert.Contains("invalid for input of size 2", error.Message);
        Assert.Throws<ArgumentException>(() => zeros(2).item<float>());
        Assert.Throws<ArgumentException>(() => zeros(1).item<double>());
    }

    [Fact]
    public void The_same_seed_draws_the_same_numbers()
    {
        manual_seed(7);
        var first = rand(4);
        var state = random.get_rng_state();
        var second = randn(4);
        random.set_rng_state(state);
        AreClose(second, randn(4));
        manual_seed(7);
        AreClose(first, rand(4));

        using var generator = new Generator(7);
        using var twin = new Generator(7);
        AreClose(rand([3], generator: generator), rand([3], generator: twin));
        using var later = generator.get_state();
        var next = randperm(9, generator: generator);
        twin.set_state(later);
        AreClose(next, randperm(9, generator: twin));
        generator.manual_seed(3);
        twin.manual_seed(4);
        Assert.NotEqual(Doubles(rand([3], generator: generator)), Doubles(rand([3], generator: twin)));
    }

    [Fact]
    public void A_saved_tensor_loads_equal()
    {
        var path = Path.Combine(Path.GetTempPath(), $"nlcl-{Guid.NewGuid()}.pt");
        try
        {
            var x = Draw(6, 2, 3);
            save(x, path);
            AreClose(x, load(path));
            Assert.Throws<ExternalException>(() => load(path + "missing"));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Threads_and_devices_can_be_asked_for()
    {
        var before = get_num_threads();
        set_num_threads(1);
        Assert.Equal(1, get_num_threads());
        set_num_threads(before);
        Assert.Equal("cpu", CPU.ToString());
        Assert.Equal((DeviceType.CUDA, 1), (new Device("cuda:1").type, new Device("cuda:1").index));
        Assert.Equal(DeviceType.CPU, device("cpu").type);
        Assert.Equal(cuda.is_available(), cuda.device_count() > 0);
    }
}
