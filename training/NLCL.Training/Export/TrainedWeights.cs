namespace NLCL.Training;

/// <summary>Weights that a training left, and what is known of where they come from.</summary>
/// <param name="File">The checkpoint, or a file of the weights alone.</param>
/// <param name="Sources">What they were trained on; null: the file stands alone and does not say.</param>
/// <param name="Imported">Where they come from if they were not trained here.</param>
/// <param name="IsBest">Whether they are those that the validation chose.</param>
sealed record TrainedWeights(string File, TrainingSources? Sources, ImportedWeights? Imported, bool IsBest)
{
    /// <summary>Module of a checkpoint that holds the running mean of the weights, which is what counts.</summary>
    public const string Module = "averaged";

    /// <param name="runOrFile">Folder of a training or an import, whose best checkpoint is taken, else the latest; or a file of weights.</param>
    /// <exception cref="TrainingException">It is neither, or the training has not come to its first checkpoint.</exception>
    public static TrainedWeights Find(string runOrFile)
    {
        if (System.IO.File.Exists(runOrFile)) { return new TrainedWeights(runOrFile, null, null, false); }
        RunFolder folder = new(runOrFile);
        (_, TrainingSources sources) = folder.Read();
        return System.IO.File.Exists(folder.ToExport)
            ? new TrainedWeights(folder.ToExport, sources, folder.ReadImport(), folder.ToExport == folder.Best)
            : throw new TrainingException($"{folder.Path}: there is no checkpoint yet; train on until one is written.");
    }
}
