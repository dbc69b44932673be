using Microsoft.ML.OnnxRuntime;

namespace NLCL.Runtime.Tests;

/// <summary>A device that is told to lay a network out otherwise is believed only after its results were compared. The processor stands for it here.</summary>
public sealed class ConvolutionFormTests
{
    static readonly TileShape s_frames = new(1, 64, 48, Compiles: true, Samples: SampleFormat.Bgr), s_photo = s_frames with { Compiles = false };

    /// <summary>Says that it is a GPU; from one form on it refuses, or computes with other weights.</summary>
    sealed class Claimed(ConvolutionForm? refusedFrom, ConvolutionForm? wrongFrom) : IDeviceProvider
    {
        public List<ConvolutionForm> Asked { get; } = [];

        public DeviceKind Kind => DeviceKind.Cuda;

        public string ProviderName => "CPUExecutionProvider";

        public bool SharesHostMemory => true;

        public string Remedy => "";

        public string? Absence(DerainerOptions options) => null;

        public OrtEpDevice? Device(DerainerOptions options) => null;

        public OrtAllocator? HostMemory(DerainerOptions options) => null;

        public void Configure(SessionOptions session, ModelFile model, DerainerOptions options, ConvolutionForm form)
        {
            Asked.Add(form);
            if (form >= refusedFrom)
            {
                session.AppendExecutionProvider("no such provider");
            }
            if (form >= wrongFrom)
            {
                session.AddInitializer("head.bias", Ones);
            }
        }
    }

    static readonly OrtValue Ones = OnesOf(32);

    static OrtValue OnesOf(int count)
    {
        var value = OrtValue.CreateAllocatedTensorValue(OrtAllocator.DefaultInstance, Microsoft.ML.OnnxRuntime.Tensors.TensorElementType.Float16, [count]);
        value.GetTensorMutableDataAsSpan<Float16>().Fill((Float16)1f);
        return value;
    }

    [Theory]
    [InlineData(null, null, ConvolutionForm.ChannelsLastFused, ConvolutionForm.ChannelsLast)]
    [InlineData(ConvolutionForm.ChannelsLastFused, null, ConvolutionForm.ChannelsLast, ConvolutionForm.ChannelsLast)]
    [InlineData(ConvolutionForm.ChannelsLast, null, ConvolutionForm.AsWritten, ConvolutionForm.AsWritten)]
    [InlineData(null, ConvolutionForm.ChannelsLastFused, ConvolutionForm.ChannelsLast, ConvolutionForm.ChannelsLast)]
    [InlineData(null, ConvolutionForm.ChannelsLast, ConvolutionForm.AsWritten, ConvolutionForm.AsWritten)]
    public void The_best_form_that_gives_the_same_picture_is_taken(object? refusedFrom, object? wrongFrom, object forFrames, object forPhotos)
    {
        var provider = new Claimed((ConvolutionForm?)refusedFrom, (ConvolutionForm?)wrongFrom);
        var factory = new SessionFactory(ModelFile.Open(Checkout.PathOf("models", "nlcl.fp16.onnx")), new DerainerOptions(), provider, 1);
        using var first = factory.Create();
        using var photo = factory.Create(s_photo);
        using var frames = factory.Create(s_frames);
        Assert.Equal(forFrames, factory.FormFor(s_frames));
        Assert.Equal(forPhotos, factory.FormFor(s_photo));
        // Nothing is compared twice.
        var asked = provider.Asked.Count;
        using var again = factory.Create(s_frames);
        Assert.Equal(asked + 1, provider.Asked.Count);
        Assert.True(FormCheck.GiveTheSame(photo, frames, s_frames));
    }
}
