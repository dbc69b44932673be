namespace NLCL.Runtime;

/// <summary>What the pipeline knows of a network: planar RGB of a frame in, or of its window (<see cref="WindowPlanes"/>); planar RGB of its background out, or its rain layer.</summary>
delegate void FrameDerainer(ReadOnlySpan<float> seen, Span<float> given, int width, int height, CancellationToken cancellationToken);
