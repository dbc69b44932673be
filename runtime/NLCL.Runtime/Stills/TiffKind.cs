namespace NLCL.Runtime;

/// <summary>What the samples of a TIFF mean (TIFF 6.0, sections 3 to 6, 16, 18, 19, 23), as far as decoders get it wrong or give up.</summary>
readonly record struct TiffKind(long Photometric, long Samples, long Bits, long Format)
{
    const int BitsPerSample = 258;
    const int PhotometricInterpretation = 262;
    const int SamplesPerPixel = 277;
    const int SampleFormat = 339;

    const int Rgb = 2;
    const int Palette = 3;
    const int Mask = 4;
    const int Separated = 5;
    const int CieLab = 8;
    const int LogL = 32844;
    const int LogLuv = 32845;
    const int Unsigned = 1;
    const int Float = 3;

    public TiffKind()
        : this(0, 1, 1, Unsigned)
    {
    }

    /// <summary>In words; null: it is read.</summary>
    public string? Unsupported => this switch
    {
        { Photometric: Separated } => "a TIFF of inks (CMYK)",
        { Photometric: Mask } => "a TIFF of a mask",
        { Photometric: >= CieLab and <= 10 } => "a TIFF in CIE L*a*b*",
        { Photometric: LogL or LogLuv } => "a TIFF in LogLuv, which rounds floats",
        { Photometric: < Rgb, Samples: > 1 } => "a grey TIFF with alpha",
        { Photometric: Palette, Samples: > 1 } => "a TIFF with palette and alpha",
        { Format: Float, Bits: not 32 } => $"a TIFF of {Bits}-bit floats",
        { Format: not (Unsigned or Float) } => "a TIFF of signed or complex numbers",
        { Format: Unsigned, Bits: > 16 } => $"a TIFF of {Bits}-bit integers",
        _ => null,
    };

    public TiffKind With(int tag, long value) => tag switch
    {
        BitsPerSample => this with { Bits = value },
        PhotometricInterpretation => this with { Photometric = value },
        SamplesPerPixel => this with { Samples = value },
        SampleFormat => this with { Format = value },
        _ => this,
    };
}
