namespace NLCL.Training;

/// <summary>What random numbers are drawn for. Each use has its own stream, so that adding one does not shift the others.</summary>
enum RandomStream
{
    Weights,
    Crops,
    Patches,
    Strips,
    Yardstick,
    Places,
}
