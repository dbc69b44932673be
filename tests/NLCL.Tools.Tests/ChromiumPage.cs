using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;

namespace NLCL.Tools.Tests;

/// <summary>A page in a real Chromium without a window, driven through its DevTools protocol.</summary>
sealed class ChromiumPage : IDisposable
{
    static readonly TimeSpan s_limit = TimeSpan.FromSeconds(60);

    readonly TemporaryFolder _profile;
    readonly Process _chromium;
    readonly ClientWebSocket _socket = new();
    readonly ConcurrentDictionary<int, TaskCompletionSource<JsonNode>> _waiting = [];
    readonly CancellationTokenSource _stop = new(s_limit);
    string? _session;
    int _last;

    ChromiumPage(Process chromium, TemporaryFolder profile) => (_chromium, _profile) = (chromium, profile);

    /// <summary>The installed browser; null when there is none.</summary>
    public static string? Program => new[] { "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome" }.FirstOrDefault(File.Exists);

    /// <summary>Everything that the page asked for, and everything that went wrong in it.</summary>
    public ConcurrentQueue<string> Requests { get; } = [];

    /// <summary>Errors of the script and of the page's policy.</summary>
    public ConcurrentQueue<string> Errors { get; } = [];

    /// <summary>Starts the browser and loads a file.</summary>
    public static async Task<ChromiumPage> OpenAsync(string file, int width, int height)
    {
        TemporaryFolder profile = new();
        ProcessStartInfo start = new(Program!, ["--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-dev-shm-usage", "--hide-scrollbars",
            "--remote-debugging-port=0", $"--user-data-dir={profile.Path}", $"--window-size={width},{height}", "about:blank"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        ChromiumPage page = new(Process.Start(start)!, profile);
        page._chromium.OutputDataReceived += (_, _) => { };
        page._chromium.ErrorDataReceived += (_, _) => { };
        page._chromium.BeginOutputReadLine();
        page._chromium.BeginErrorReadLine();
        string port = profile["DevToolsActivePort"];
        for (Stopwatch clock = Stopwatch.StartNew(); !File.Exists(port) || File.ReadAllLines(port).Length < 2;)
        {
            Assert.True(clock.Elapsed < s_limit && !page._chromium.HasExited, "Chromium did not open its port.");
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
        string[] lines = File.ReadAllLines(port);
        await page._socket.ConnectAsync(new Uri($"ws://127.0.0.1:{lines[0]}{lines[1]}"), page._stop.Token);
        _ = page.ReceiveAsync();
        JsonNode target = await page.SendAsync("Target.createTarget", new() { ["url"] = "about:blank" });
        page._session = (string?)(await page.SendAsync("Target.attachToTarget", new() { ["targetId"] = (string?)target["targetId"], ["flatten"] = true }))["sessionId"];
        foreach (string domain in new[] { "Page", "Runtime", "Log", "Network" }) { await page.SendAsync(domain + ".enable"); }
        await page.SendAsync("Page.navigate", new() { ["url"] = new Uri(file).AbsoluteUri });
        while ((string?)await page.EvaluateAsync("location.protocol + document.readyState") != "file:complete") { await Task.Delay(50, page._stop.Token); }
        return page;
    }

    /// <summary>Value of a JavaScript expression.</summary>
    public async Task<JsonNode?> EvaluateAsync(string expression)
    {
        JsonNode answer = await SendAsync("Runtime.evaluate", new() { ["expression"] = expression, ["returnByValue"] = true, ["awaitPromise"] = true });
        Assert.True(answer["exceptionDetails"] is null, $"{expression}: {answer["exceptionDetails"]?.ToJsonString()}");
        return answer["result"]!["value"];
    }

    public async Task PressAsync(string key)
    {
        foreach (string type in new[] { "rawKeyDown", "keyUp" })
        {
            int code = key switch { "ArrowLeft" => 37, "ArrowRight" => 39, "Home" => 36, "End" => 35, _ => 9 };
            await SendAsync("Input.dispatchKeyEvent", new() { ["type"] = type, ["key"] = key, ["code"] = key, ["windowsVirtualKeyCode"] = code });
        }
    }

    public Task MouseAsync(string type, double x, double y) => SendAsync(
        "Input.dispatchMouseEvent", new() { ["type"] = type, ["x"] = x, ["y"] = y, ["button"] = "left", ["buttons"] = 1, ["clickCount"] = 1 });

    public Task TouchAsync(string type, double x, double y) => SendAsync(
        "Input.dispatchTouchEvent", new() { ["type"] = type, ["touchPoints"] = type == "touchEnd" ? [] : new JsonArray(new JsonObject { ["x"] = x, ["y"] = y }) });

    /// <summary>A PNG of what is to be seen.</summary>
    public async Task<byte[]> ScreenshotAsync() =>
        Convert.FromBase64String((string)(await SendAsync("Page.captureScreenshot", new() { ["format"] = "png" }))["data"]!);

    /// <summary>Sends a command of the protocol and waits for its answer.</summary>
    public async Task<JsonNode> SendAsync(string method, JsonObject? parameters = null)
    {
        int id = ++_last;
        TaskCompletionSource<JsonNode> answer = _waiting[id] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        JsonObject message = new() { ["id"] = id, ["method"] = method, ["params"] = parameters ?? [] };
        if (_session is not null) { message["sessionId"] = _session; }
        await _socket.SendAsync(Encoding.UTF8.GetBytes(message.ToJsonString()), WebSocketMessageType.Text, endOfMessage: true, _stop.Token);
        return await answer.Task.WaitAsync(_stop.Token);
    }

    public void Dispose()
    {
        _stop.Cancel();
        _socket.Dispose();
        _chromium.Kill(entireProcessTree: true);
        _chromium.WaitForExit();
        _chromium.Dispose();
        _profile.Dispose();
        _stop.Dispose();
    }

    async Task ReceiveAsync()
    {
        byte[] buffer = new byte[1 << 16];
        using MemoryStream message = new();
        while (!_stop.IsCancellationRequested)
        {
            WebSocketReceiveResult part;
            try { part = await _socket.ReceiveAsync(buffer, _stop.Token); }
            catch (Exception ended) when (ended is OperationCanceledException or WebSocketException or ObjectDisposedException) { return; }
            message.Write(buffer, 0, part.Count);
            if (!part.EndOfMessage) { continue; }
            Take(JsonNode.Parse(message.ToArray())!);
            message.SetLength(0);
        }
    }

    void Take(JsonNode message)
    {
        if ((int?)message["id"] is { } id)
        {
            if (_waiting.TryRemove(id, out TaskCompletionSource<JsonNode>? answer))
            {
                if (message["error"] is { } error) { answer.SetException(new InvalidOperationException(error.ToJsonString())); }
                else { answer.SetResult(message["result"]!); }
            }
            return;
        }
        switch ((string?)message["method"])
        {
            case "Network.requestWillBeSent": Requests.Enqueue((string)message["params"]!["request"]!["url"]!); break;
            case "Runtime.exceptionThrown": Errors.Enqueue(message.ToJsonString()); break;
            case "Log.entryAdded" when (string?)message["params"]!["entry"]!["level"] == "error": Errors.Enqueue(message.ToJsonString()); break;
        }
    }
}
