using System.Diagnostics;
using System.Security.Cryptography;

namespace NLCL.Runtime.Tests;

/// <summary>
/// The console sample published by itself, trimmed and as native code, with the whole library kept: no warning, and the very
/// bytes of the program that the just-in-time compiler runs.
/// </summary>
public sealed class PublishTests : IDisposable
{
    readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("PublishTrimmed")]
    [InlineData("PublishAot")]
    public async Task The_sample_gives_the_same_picture_when_it_is_published_with(string property)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the native libraries beside the sample are Linux's: run it there");
        string model = Checkout.PathOf("models", "nlcl.onnx"), photo = Checkout.PathOf("tests", "data", "rainy.jpg");
        _folder.Write("Photo.csproj", System.Text.Encoding.UTF8.GetBytes(Project(property)));
        var (code, output) = await Checkout.RunAsync("publish", _folder["Photo.csproj"], "-c", "Release", "-o", _folder["out"], "--nologo", "-p:UseSharedCompilation=false");
        Assert.True(code == 0, output);
        Assert.DoesNotContain("warning", output, StringComparison.OrdinalIgnoreCase);

        (code, output) = await Checkout.RunAsync(Checkout.Program("NLCL.Samples.Photo"), model, photo, _folder["expected.png"]);
        Assert.True(code == 0, output);
        using var program = Process.Start(new ProcessStartInfo(Path.Combine(_folder["out"], "Photo"), [model, photo, _folder["actual.png"]]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        output = await program.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken) + await program.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await program.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(program.ExitCode == 0, output);
        Assert.Equal(Hash("expected.png"), Hash("actual.png"));
        // Nothing of .NET was taken from the machine; as native code there is nothing of it left.
        Assert.Equal(property == "PublishTrimmed", File.Exists(Path.Combine(_folder["out"], "NLCL.Runtime.dll")));
        Assert.Equal(property == "PublishTrimmed", File.Exists(Path.Combine(_folder["out"], "libcoreclr.so")));
    }

    string Hash(string name) => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(_folder[name])));

    /// <summary>Whoever has the built library: the sample's source, and the assemblies and native libraries that lie beside the built sample.</summary>
    static string Project(string property)
    {
        var built = Path.GetDirectoryName(Checkout.Program("NLCL.Samples.Photo"))!;
        return $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
                <InvariantGlobalization>true</InvariantGlobalization>
                <RuntimeIdentifier>$(NETCoreSdkPortableRuntimeIdentifier)</RuntimeIdentifier>
                <SelfContained>true</SelfContained>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
                <!-- An advisory on a package is no matter of this test. -->
                <NuGetAudit>false</NuGetAudit>
                <TrimmerSingleWarn>false</TrimmerSingleWarn>
                <{property}>true</{property}>
              </PropertyGroup>
              <ItemGroup>
                <Compile Include="{Checkout.PathOf("runtime", "samples", "Photo", "Program.cs")}" />
                <Reference Include="{built}/*.dll" Exclude="{built}/NLCL.Samples.Photo.dll" />
                <Content Include="{built}/*.so" Link="%(Filename)%(Extension)" CopyToPublishDirectory="PreserveNewest" />
                <!-- All of the library, not only what the sample calls. -->
                <TrimmerRootAssembly Include="NLCL.Runtime" />
                <LinkerArg Include="-Wl,-rpath,'$ORIGIN'" />
              </ItemGroup>
            </Project>
            """;
    }
}
