namespace NLCL.Training;

public sealed partial record TrainingOptions
{
    /// <summary>
    /// The same options for the network that lies in a file: what weights were learned with, such as how far taps lie apart, does not show in them. How many
    /// frames it sees and how it comes to the next finer level stay as they are here, for a training may begin with weights of another kind in both.
    /// </summary>
    /// <param name="start">Checkpoint or .safetensors file. Where there is none, or no lean network in it, nothing changes.</param>
    /// <exception cref="CheckpointException">The file is no checkpoint.</exception>
    public TrainingOptions WithNetworkOf(string start)
    {
        if (Model != TrainingModel.Lean || !File.Exists(start)) { return this; }
        TrainingOptions begun = Checkpoint.ReadOptions(start);
        return begun.Model == TrainingModel.Lean ? this with { Lean = begun.Lean with { Frames = Lean.Frames, Upsampling = Lean.Upsampling } } : this;
    }
}
