namespace NLCL.Training;

/// <summary>Where the weights of a run came from that was not trained here.</summary>
/// <param name="File">Name of the file.</param>
/// <param name="Sha256">Its SHA-256, lower-case hexadecimal.</param>
/// <param name="Licence">Licence of the weights as the importer states it.</param>
public sealed record ImportedWeights(string File, string Sha256, string Licence);
