using TorchSharp;
using TorchSharp.Modules;
using static NLCL.Interop.Tests.TorchValues;
using static TorchSharp.torch;

namespace NLCL.Interop.Tests;

public sealed class TorchOptimizerTests : IDisposable
{
    readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    [Theory]
    [InlineData(0, false, false)]
    [InlineData(0.1, false, false)]
    [InlineData(0, true, false)]
    [InlineData(0.1, true, true)]
    public void Adam_takes_the_published_steps(double decay, bool amsgrad, bool decoupled)
    {
        var parameter = Start();
        using optim.Optimizer optimizer = decoupled
            ? optim.AdamW([parameter], 0.05, 0.8, 0.95, 1e-6, decay, amsgrad)
            : optim.Adam([parameter], 0.05, 0.8, 0.95, 1e-6, decay, amsgrad);
        var values = Doubles(parameter);
        var (first, second, largest) = (new double[3], new double[3], new double[3]);
        for (var step = 1; step <= 6; step++)
        {
            Descend(optimizer, parameter, step);
            for (var i = 0; i < 3; i++)
            {
                var gradient = Slope(values[i], step);
                values[i] *= decoupled ? 1 - 0.05 * decay : 1;
                gradient += decoupled ? 0 : decay * values[i];
                first[i] = 0.8 * first[i] + 0.2 * gradient;
                second[i] = 0.95 * second[i] + 0.05 * gradient * gradient;
                largest[i] = amsgrad ? Math.Max(largest[i], second[i]) : second[i];
                var deviation = Math.Sqrt(largest[i] / (1 - Math.Pow(0.95, step))) + 1e-6;
                values[i] -= 0.05 * first[i] / (1 - Math.Pow(0.8, step)) / deviation;
            }
            AreClose(values, parameter);
        }
    }

    [Theory]
    [InlineData(0, 0, false)]
    [InlineData(0.9, 0.1, false)]
    [InlineData(0.9, 0, true)]
    public void Gradient_descent_takes_the_published_steps(double momentum, double decay, bool nesterov)
    {
        var parameter = Start();
        using var optimizer = optim.SGD([parameter], 0.05, momentum, weight_decay: decay, nesterov: nesterov);
        var values = Doubles(parameter);
        var buffer = new double[3];
        for (var step = 1; step <= 4; step++)
        {
            Descend(optimizer, parameter, step);
            for (var i = 0; i < 3; i++)
            {
                var gradient = Slope(values[i], step) + decay * values[i];
                buffer[i] = momentum * buffer[i] + gradient;
                values[i] -= 0.05 * (nesterov ? gradient + momentum * buffer[i] : buffer[i]);
            }
            AreClose(values, parameter);
        }
    }

    [Fact]
    public void Groups_keep_their_own_learning_rate()
    {
        var (fast, slow) = (Start(), Start());
        using var optimizer = optim.SGD(
            [new SGD.ParamGroup { Parameters = [fast] }, new SGD.ParamGroup { Parameters = [slow], Options = new() { LearningRate = 0.01 } }], 0.1);
        Assert.Equal([0.1, 0.01], optimizer.ParamGroups.Select(group => group.LearningRate));
        optimizer.ParamGroups.First().LearningRate = 0.2;
        (fast.sum() + slow.sum()).backward();
        optimizer.step();
        AreClose(Start() - 0.2, fast);
        AreClose(Start() - 0.01, slow);
    }

    [Fact]
    public void Parameters_without_gradient_stay()
    {
        var (moved, still) = (Start(), Start());
        using var optimizer = optim.Adam([moved, still]);
        moved.sum().backward();
        optimizer.step();
        AreClose(Start(), still);
        Assert.True((moved != Start()).all().item<bool>());
        optimizer.zero_grad();
        Assert.True(moved.grad is null || moved.grad.eq(0).all().item<bool>());
    }

    [Fact]
    public void A_saved_state_resumes_the_same_path()
    {
        var (path, resumed) = (Start(), Start());
        using var optimizer = optim.Adam([path], 0.05);
        using var other = optim.Adam([resumed], 0.5);
        Descend(optimizer, path, 1);
        Descend(optimizer, path, 2);
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        optimizer.save_state_dict(writer);
        stream.Position = 0;
        using var reader = new BinaryReader(stream);
        other.load_state_dict(reader);
        using (no_grad())
        {
            resumed.copy_(path);
        }
        Descend(optimizer, path, 3);
        Descend(other, resumed, 3);
        Assert.Equal(Doubles(path), Doubles(resumed));
    }

    [Fact]
    public void Schedules_set_the_learning_rate()
    {
        using var optimizer = optim.SGD([Start()], 0.4);
        List<double> Rates(optim.lr_scheduler.LRScheduler scheduler)
        {
            var rates = new List<double>();
            for (var i = 0; i < 5; i++)
            {
                rates.Add(Math.Round(optimizer.ParamGroups.Single().LearningRate, 6));
                scheduler.step();
            }
            return rates;
        }
        Assert.Equal([0.4, 0.2, 0.133333, 0.1, 0.08], Rates(optim.lr_scheduler.LambdaLR(optimizer, epoch => 1.0 / (epoch + 1))));
    }

    [Fact]
    public void Clipping_scales_all_gradients_to_the_common_norm()
    {
        var (a, b) = (new Parameter(tensor(new[] { 3.0 })), new Parameter(tensor(new[] { 4.0 })));
        (a * 3 + b * 4).backward();
        Assert.Equal(5, nn.utils.clip_grad_norm_([a, b], 1), 6);
        AreClose([0.6], a.grad!, 1e-5);
        AreClose([0.8], b.grad!, 1e-5);
        Assert.Equal(1, nn.utils.clip_grad_norm_([a, b], 10), 5);
        AreClose([0.6], a.grad!, 1e-5);
    }

    static Parameter Start() => new(tensor(new[] { 0.5, -1.5, 2.0 }));

    // d/dx (x²/2 + step·sin x)
    static double Slope(double x, int step) => x + step * Math.Cos(x);

    static void Descend(optim.Optimizer optimizer, Parameter parameter, int step)
    {
        optimizer.zero_grad();
        (parameter.square() / 2 + parameter.sin() * step).sum().backward();
        optimizer.step();
    }
}
