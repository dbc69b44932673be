namespace NLCL.Runtime;

/// <summary>What a NUT header says about its raw video stream.</summary>
/// <param name="FourCc">Four bytes for the sample layout; handed through from the decoder to the encoder unread.</param>
/// <param name="Width">Pixels per line.</param>
/// <param name="Height">Lines.</param>
/// <param name="SampleWidth">Shape of a pixel; 0 when unknown.</param>
/// <param name="SampleHeight">Shape of a pixel; 0 when unknown.</param>
/// <param name="TimeBase">Seconds per tick.</param>
sealed record NutVideoFormat(byte[] FourCc, int Width, int Height, int SampleWidth, int SampleHeight, Rational TimeBase);
