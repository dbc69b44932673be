namespace OpenCvSharp;

public enum VideoCaptureAPIs
{
    ANY = 0,
    V4L = 200,
    V4L2 = V4L,
    FIREWIRE = 300,
    DSHOW = 700,
    ANDROID = 1000,
    AVFOUNDATION = 1200,
    MSMF = 1400,
    REALSENSE = 1500,
    GPHOTO2 = 1700,
    GSTREAMER = 1800,
    FFMPEG = 1900,
    IMAGES = 2000,
    ARAVIS = 2100,
    OPENCV_MJPEG = 2200,
    INTEL_MFX = 2300,
}
