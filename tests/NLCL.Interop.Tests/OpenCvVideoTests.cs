using OpenCvSharp;

namespace NLCL.Tests;

[Collection(OpenCvPictures.Collection)]
public sealed class OpenCvVideoTests
{
    [Fact]
    public void Frames_written_as_motion_jpeg_come_back_in_order()
    {
        var path = OpenCvPictures.TemporaryFile(".avi");
        try
        {
            using (var writer = new VideoWriter(path, FourCC.MJPG, 12.5, new Size(64, 48)))
            {
                Assert.True(writer.IsOpened());
                for (var i = 0; i < 8; i++)
                {
                    using var frame = new Mat(48, 64, MatType.CV_8UC3, Scalar.All(20 * i));
                    writer.Write(frame);
                }
            }

            using var capture = new VideoCapture(path);
            Assert.True(capture.IsOpened());
            Assert.Equal((64, 48, 8, "MJPG"), (capture.FrameWidth, capture.FrameHeight, capture.FrameCount, capture.FourCC));
            Assert.Equal(12.5, capture.Fps, 1e-3);
            using var read = new Mat();
            for (var i = 0; i < 8; i++)
            {
                Assert.True(capture.Read(read));
                Assert.Equal(20 * i, Cv2.Mean(read).Val1, 3.0);
            }
            Assert.False(capture.Read(read));
            Assert.True(read.Empty());

            Assert.True(capture.Set(VideoCaptureProperties.PosFrames, 3));
            Assert.True(capture.Grab());
            Assert.True(capture.Retrieve(read));
            Assert.Equal(60, Cv2.Mean(read).Val0, 3.0);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void What_cannot_be_opened_says_so()
    {
        using var capture = new VideoCapture("/nowhere/clip.mp4");
        Assert.False(capture.IsOpened());
        using var frame = new Mat();
        Assert.False(capture.Read(frame));
        using var writer = new VideoWriter();
        Assert.False(writer.Open("/nowhere/clip.avi", FourCC.MJPG, 25, new Size(16, 16)));
        Assert.False(writer.IsOpened());
    }

    [Fact]
    public void A_codec_has_four_characters()
    {
        Assert.Equal(0x47504A4D, VideoWriter.FourCC('M', 'J', 'P', 'G'));
        Assert.Equal(VideoWriter.FourCC("XVID"), FourCC.FromString("XVID").Value);
        Assert.Throws<ArgumentException>(() => FourCC.FromString("TOOLONG"));
    }
}
