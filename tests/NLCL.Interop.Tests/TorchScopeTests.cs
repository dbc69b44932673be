using TorchSharp;
using static TorchSharp.torch;

namespace NLCL.Interop.Tests;

public sealed class TorchScopeTests
{
    [Fact]
    public void A_scope_disposes_of_what_was_made_in_it()
    {
        var before = Tensor.TotalCount;
        Tensor kept;
        Tensor freed;
        using (NewDisposeScope())
        {
            using (NewDisposeScope())
            {
                freed = zeros(2);
                kept = (freed + 1).MoveToOuterDisposeScope();
            }
            Assert.True(freed.IsInvalid);
            Assert.False(kept.IsInvalid);
            kept.DetachFromDisposeScope();
        }
        Assert.False(kept.IsInvalid);
        Assert.Throws<InvalidOperationException>(() => freed.Handle);
        kept.Dispose();
        Assert.Equal(before, Tensor.TotalCount);
    }

    [Fact]
    public void Statistics_count_every_tensor_once()
    {
        var statistics = DisposeScopeManager.Statistics;
        statistics.Reset();
        var outside = zeros(1);
        using (var scope = NewDisposeScope())
        {
            var inside = zeros(1);
            var moved = zeros(1);
            scope.Detach(moved);
            Assert.Equal(1, scope.DisposablesCount);
            Assert.True(scope.Contains(inside));
            Assert.Equal(3, statistics.ThreadTotalLiveCount);
            inside.Dispose();
            moved.Dispose();
        }
        outside.Dispose();
        Assert.Equal((1, 2), (statistics.CreatedOutsideScopeCount, statistics.CreatedInScopeCount));
        Assert.Equal(1, statistics.DetachedFromScopeCount);
        Assert.Equal(0, statistics.ThreadTotalLiveCount);
    }

    [Fact]
    public void Scopes_may_end_in_any_order()
    {
        var outer = NewDisposeScope();
        var inner = NewDisposeScope();
        var tensor = zeros(1);
        outer.Dispose();
        Assert.Same(inner, CurrentDisposeScope);
        Assert.False(tensor.IsInvalid);
        inner.Dispose();
        Assert.True(tensor.IsInvalid);
        Assert.Null(CurrentDisposeScope);
        Assert.Throws<ObjectDisposedException>(() => inner.DisposablesCount);
    }

    [Fact]
    public void A_training_step_leaves_no_tensor_behind()
    {
        using var weight = nn.Parameter(torch.randn(8, 3, 3, 3));
        using var optimizer = optim.Adam([weight]);
        long? live = null;
        for (var i = 0; i < 5; i++)
        {
            using (NewDisposeScope())
            {
                var output = nn.functional.conv2d(randn(1, 3, 12, 12), weight, padding: [1]);
                output[0, TensorIndex.Colon, 1..4].square().mean().backward();
                Assert.NotNull(weight.grad);
                optimizer.step();
                optimizer.zero_grad();
            }
            Assert.Equal(live ??= Tensor.TotalCount, Tensor.TotalCount);
        }
    }
}
