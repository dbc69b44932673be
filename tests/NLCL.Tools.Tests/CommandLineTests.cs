using NLCL.CommandLine;

namespace NLCL.Tools.Tests;

public sealed class CommandLineTests
{
    [Fact]
    public void Help_names_every_command()
    {
        string help = Nlcl.Derain("--help").Expect(ExitCodes.Success).Output;
        foreach (string command in new[] { "derain", "evaluate", "inspect", "benchmark", "soak", "doctor", "train", "export", "synthesize" })
        {
            Assert.Contains($"  {command} ", help);
        }
    }

    [Theory]
    [InlineData("derain")]
    [InlineData("evaluate")]
    [InlineData("inspect")]
    [InlineData("benchmark")]
    [InlineData("soak")]
    [InlineData("doctor")]
    public void Every_derain_command_explains_itself(string command) =>
        Assert.Contains("Description:", Nlcl.Derain(command, "--help").Expect(ExitCodes.Success).Output);

    [Theory]
    [InlineData("train")]
    [InlineData("export")]
    [InlineData("synthesize")]
    public void Every_training_command_explains_itself(string command) =>
        Assert.Contains("Description:", Nlcl.Train(command, "--help").Expect(ExitCodes.Success).Output);

    [Fact]
    public void No_argument_at_all_shows_the_help()
    {
        string help = Nlcl.Derain().Expect(ExitCodes.Success).Output;
        Assert.Contains("Usage:\n  nlcl [command] [options]", help);
        Assert.Equal(help, Nlcl.Derain("--help").Output);
    }

    [Theory]
    [InlineData("bogus")]
    [InlineData("derain", "a.jpg", "b.jpg", "bogus")]
    [InlineData("evaluate", "--bogus")]
    public void What_is_not_understood_is_named(params string[] arguments) =>
        Assert.Contains("bogus' is not understood. See 'nlcl", Nlcl.Derain(arguments).Expect(ExitCodes.Usage).OneErrorLine());

    [Fact]
    public void Version_is_printed() => Assert.StartsWith("0.1.0", Nlcl.Derain("--version").Expect(ExitCodes.Success).Output);

    [Fact]
    public void A_training_command_without_the_launcher_says_where_it_lives() =>
        Assert.Contains("nlcl-train train", Nlcl.Derain("train", "--rainy", "x").Expect(ExitCodes.Usage).OneErrorLine());

    [Fact]
    public void Doctor_finds_a_working_model()
    {
        string output = Nlcl.Derain("doctor").Expect(ExitCodes.Success).Output;
        Assert.Contains("CPUExecutionProvider", output);
        Assert.Contains("libonnxruntime", output);
        Assert.DoesNotContain("NOT WORKING", output);
    }

    [Theory]
    [InlineData("tools/nlcl")]
    [InlineData("tools/test")]
    [InlineData("tools/setup/prepare")]
    [InlineData(".ci/run")]
    public void Launcher_scripts_parse(string script) => Nlcl.Run("bash", "-n", Repository.PathOf(script)).Expect(0);
}
