using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace NLCL.Tools.Tests;

/// <summary>An RTSP camera for one visitor: ffmpeg makes the packets of a live picture, and they go over the visitor's connection.</summary>
sealed class RtspServer : IDisposable
{
    readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    readonly UdpClient _packets = new(new IPEndPoint(IPAddress.Loopback, 0));
    readonly Process _camera;
    readonly string _description;
    readonly int _packetsToSend;

    /// <param name="folder">For the description of the stream.</param>
    /// <param name="packetsToSend">Then the connection breaks.</param>
    public RtspServer(string folder, int packetsToSend = int.MaxValue)
    {
        _packetsToSend = packetsToSend;
        _description = Path.Combine(folder, "camera.sdp");
        _listener.Start();
        _camera = Nlcl.Start("ffmpeg", "-v", "error", "-nostdin", "-re", "-f", "lavfi", "-i", "testsrc2=s=160x120:r=10", "-t", "120", "-pix_fmt", "yuv420p", "-c:v", "libx264", "-preset", "ultrafast",
            "-tune", "zerolatency", "-g", "5", "-f", "rtp", "-sdp_file", _description, $"rtp://127.0.0.1:{((IPEndPoint)_packets.Client.LocalEndPoint!).Port}?pkt_size=1200");
        _ = Task.Run(Serve);
    }

    public string Address => string.Create(CultureInfo.InvariantCulture, $"rtsp://rain:secret@127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/camera");

    public void Dispose()
    {
        _camera.Kill();
        _camera.WaitForExit();
        _camera.Dispose();
        _listener.Dispose();
        _packets.Dispose();
        File.Delete(_description);
    }

    async Task Serve()
    {
        using TcpClient visitor = await _listener.AcceptTcpClientAsync();
        using NetworkStream stream = visitor.GetStream();
        using StreamReader reader = new(stream, Encoding.ASCII);
        string method = "";
        while (method != "PLAY")
        {
            method = (await reader.ReadLineAsync() ?? "").Split(' ')[0];
            string number = "";
            while (await reader.ReadLineAsync() is { Length: > 0 } line) { number = line.StartsWith("CSeq", StringComparison.OrdinalIgnoreCase) ? line : number; }
            string body = method == "DESCRIBE" ? Description() : "";
            string more = method switch
            {
                "OPTIONS" => "Public: OPTIONS, DESCRIBE, SETUP, PLAY, TEARDOWN\r\n",
                "DESCRIBE" => $"Content-Type: application/sdp\r\nContent-Length: {Encoding.ASCII.GetByteCount(body)}\r\n",
                "SETUP" => "Session: 1\r\nTransport: RTP/AVP/TCP;unicast;interleaved=0-1\r\n",
                _ => "Session: 1\r\n",
            };
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"RTSP/1.0 200 OK\r\n{number}\r\n{more}\r\n{body}"));
        }
        for (int sent = 0; sent < _packetsToSend; sent++)
        {
            byte[] packet = (await _packets.ReceiveAsync()).Buffer;
            await stream.WriteAsync((byte[])[(byte)'$', 0, (byte)(packet.Length >> 8), (byte)packet.Length, .. packet]);
        }
    }

    string Description()
    {
        Assert.True(SpinWait.SpinUntil(() => File.Exists(_description) && File.ReadAllText(_description).Contains("a=rtpmap", StringComparison.Ordinal), TimeSpan.FromSeconds(20)));
        return File.ReadAllText(_description).Replace("SDP:\n", "", StringComparison.Ordinal).TrimEnd() + "\r\na=control:track1\r\n";
    }
}
