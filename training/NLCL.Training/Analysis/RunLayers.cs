using OpenCvSharp;
using static TorchSharp.torch;

namespace NLCL.Training;

/// <summary>Layers from a run's best checkpoint, else its latest; with the running mean of the weights, as exported.</summary>
sealed class RunLayers : ILayerSource
{
    readonly nn.Module<Tensor, Tensor> _network;

    public RunLayers(string runFolder)
    {
        RunFolder folder = new(runFolder);
        folder.Read(); // says so when it is no run
        if (!File.Exists(folder.ToExport)) { throw new TrainingException($"{folder.Path}: there is no checkpoint yet; train on until one is written."); }
        _network = TrainingState.CreateNetwork(Checkpoint.ReadOptions(folder.ToExport));
        long iteration = Checkpoint.RestoreModule(folder.ToExport, "averaged", _network);
        _network.eval();
        Name = $"{folder.ToExport} ({iteration} iterations)";
    }

    public string Name { get; }

    public (Tensor Background, Tensor Rain) Split(Mat rainy) => WholePicture.Layers((IDerainer)_network, rainy, CPU);

    public void Dispose() => _network.Dispose();
}
