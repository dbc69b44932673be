using System.Net;
using System.Net.Sockets;
using System.Text;

namespace NLCL.Tools.Tests;

/// <summary>A web server on this machine that may break off, or say nothing at all.</summary>
sealed class WebServer : IDisposable
{
    readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    readonly List<TcpClient> _clients = [];

    public WebServer()
    {
        _listener.Start();
        _ = Task.Run(Serve);
    }

    /// <summary>What lies at each path.</summary>
    public Dictionary<string, byte[]> Files { get; } = new(StringComparer.Ordinal);

    /// <summary>The part of a file that is sent before the connection breaks.</summary>
    public double Sent { get; init; } = 1;

    /// <summary>Takes connections and never answers.</summary>
    public bool IsSilent { get; init; }

    /// <summary>How many have come.</summary>
    public int Connections => Volatile.Read(ref _connections);

    int _connections;

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public string Address(string path) => $"http://127.0.0.1:{Port}{path}";

    public void Dispose()
    {
        _listener.Dispose();
        lock (_clients) { _clients.ForEach(client => client.Dispose()); }
    }

    async Task Serve()
    {
        while (true)
        {
            TcpClient client = await _listener.AcceptTcpClientAsync();
            Interlocked.Increment(ref _connections);
            lock (_clients) { _clients.Add(client); }
            if (!IsSilent) { _ = Task.Run(() => Answer(client)); }
        }
    }

    async Task Answer(TcpClient client)
    {
        using NetworkStream stream = client.GetStream();
        using StreamReader reader = new(stream, Encoding.ASCII);
        string path = (await reader.ReadLineAsync() ?? "").Split(' ').ElementAtOrDefault(1) ?? "";
        while (await reader.ReadLineAsync() is { Length: > 0 }) { }
        bool found = Files.TryGetValue(path, out byte[]? file);
        file ??= [];
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {(found ? "200 OK" : "404 Not Found")}\r\nContent-Length: {file.Length}\r\nConnection: close\r\n\r\n"));
        await stream.WriteAsync(file.AsMemory(0, (int)(file.Length * Sent)));
    }
}
