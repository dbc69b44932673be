using OpenCvSharp;
using static TorchSharp.torch;

namespace NLCL.Training;

/// <summary>Layers from a run's best checkpoint, else its latest, or from a file of weights; with the running mean of the weights, as exported.</summary>
sealed class RunLayers : ILayerSource
{
    readonly nn.Module<Tensor, Tensor> _network;

    public RunLayers(string run)
    {
        string weights = TrainedWeights.Find(run).File;
        _network = TrainingState.CreateNetwork(Checkpoint.ReadOptions(weights));
        long iteration = Checkpoint.RestoreModule(weights, TrainedWeights.Module, _network);
        _network.eval();
        Name = $"{weights} ({iteration} iterations)";
    }

    public string Name { get; }

    public (Tensor Background, Tensor Rain) Split(Mat rainy) => WholePicture.Layers((IDerainer)_network, rainy, CPU);

    public void Dispose() => _network.Dispose();
}
