namespace NLCL.Training;

/// <summary>The part of a map in which an anchor's look-alikes are sought; lengths in pixels of the map.</summary>
/// <param name="Top">First row.</param>
/// <param name="Left">First column.</param>
/// <param name="Height">Rows.</param>
/// <param name="Width">Columns.</param>
/// <param name="AnchorTop">First row of the anchor's patch, counted from <paramref name="Top"/>.</param>
/// <param name="AnchorLeft">First column of the anchor's patch, counted from <paramref name="Left"/>.</param>
readonly record struct PatchWindow(long Top, long Left, long Height, long Width, long AnchorTop, long AnchorLeft);
