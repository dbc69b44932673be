namespace NLCL.CommandLine;

/// <summary>One-line messages on standard error: red and yellow on a terminal, plain elsewhere or under NO_COLOR.</summary>
public static class ConsoleText
{
    static bool Coloured => !Console.IsErrorRedirected && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));

    /// <summary>Writes "nlcl: message" in red; line breaks in the message become spaces.</summary>
    /// <param name="message">What, where, what to do.</param>
    public static void WriteError(string message) => Write(message, "31");

    /// <summary>Writes "nlcl: message" in yellow; line breaks in the message become spaces.</summary>
    /// <param name="message">What, where, what follows.</param>
    public static void WriteWarning(string message) => Write(message, "33");

    static void Write(string message, string colour)
    {
        string line = "nlcl: " + string.Join(' ', message.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        Console.Error.WriteLine(Coloured ? $"\u001b[{colour}m{line}\u001b[0m" : line);
    }
}
