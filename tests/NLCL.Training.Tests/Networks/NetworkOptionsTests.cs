namespace NLCL.Training.Tests;

public sealed class NetworkOptionsTests
{
    [Fact]
    public void Defaults_are_these()
    {
        Assert.Equal(
            new LeanDerainerOptions
            {
                Frames = 1,
                Block = 2,
                FineWidth = 32,
                FineEncoderBlocks = 1,
                FineDecoderBlocks = 1,
                MiddleWidth = 32,
                CoarseWidth = 32,
                EncoderBlocks = 1,
                CoarseBlocks = 3,
                DecoderBlocks = 1,
                RainChannels = 1,
                Upsampling = Upsampling.Bilinear,
                InitialRainScale = 0.1,
            },
            new LeanDerainerOptions());
        Assert.Equal(new PatchDiscriminatorOptions { Width = 64, PictureAsFirstTap = false, InitialGain = 0.02 }, new PatchDiscriminatorOptions());
        Assert.Equal(new ContrastHeadOptions { Width = 256, InitialGain = 0.02 }, new ContrastHeadOptions());
        Assert.Equal(new NonLocalSamplerOptions { PatchSize = 16, WindowSize = 40, Farthest = false }, new NonLocalSamplerOptions());
        Assert.Equal((32, 16, PictureLayer.Background), (new PaperGeneratorOptions().Width, new PaperGeneratorOptions().Blocks, new PaperGeneratorOptions().Layer));
        Assert.Equal([0, 2, 4, 8, 12], new PaperGeneratorOptions().Taps);
    }

    [Fact]
    public void Layer_contrast_settings_are_these()
    {
        var symmetric = new LayerContrastSettings
        {
            BackgroundCount = 64,
            RainCount = 64,
            BackgroundWeight = 0.5,
            RainWeight = 0.5,
            BackgroundPooling = PositivePooling.EachPositive,
            RainPooling = PositivePooling.EachPositive,
            BackgroundTemperature = 0.07,
            RainTemperature = 0.07,
        };
        Assert.Equal(symmetric, LayerContrastSettings.Symmetric);
        Assert.Equal(
            symmetric with { BackgroundCount = 8, RainCount = 128, BackgroundWeight = 8.0 / 136, RainWeight = 128.0 / 136 },
            LayerContrastSettings.Cvpr);
        Assert.Equal(
            symmetric with { BackgroundWeight = 1, RainWeight = 1, BackgroundPooling = PositivePooling.AnyPositive },
            LayerContrastSettings.Asymmetric);
    }
}
