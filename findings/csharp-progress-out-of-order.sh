#!/usr/bin/env bash
# ModelContextProtocol.Core 2.4.0 (NuGet), on .NET 10.
#
# Expected: progress that a server sends in order on one stream reaches the `IProgress` of the call in that order, when it is
#   an implementation that takes each value at once. (`Progress<T>` of .NET would post it to a pool, and may mix it up.)
# Happens: values arrive out of order and from several threads at once. Those that were not handled when the answer is read,
#   though they came before it on the same stream, are dropped and never arrive: here a third of them and more.
# Matters: a bar jumps back, and the last message that a person sees need not be the last. A program that collects what a
#   server says in progress loses parts of it, and its IProgress has to bear several threads.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > Finding.csproj <<'XML'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <OutputType>Exe</OutputType>
    <TargetFramework>net10.0</TargetFramework>
    <ImplicitUsings>enable</ImplicitUsings>
    <Nullable>annotations</Nullable>
  </PropertyGroup>
  <ItemGroup><PackageReference Include="ModelContextProtocol.Core" Version="2.4.0" /></ItemGroup>
</Project>
XML
cat > Program.cs <<'CS'
using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using ModelContextProtocol;
using ModelContextProtocol.Client;

const int steps = 500;
var transport = new HttpClientTransport(
    new() { Endpoint = new Uri("http://127.0.0.1/mcp"), TransportMode = HttpTransportMode.StreamableHttp },
    new HttpClient(new Server()));
await using var client = await McpClient.CreateAsync(transport);
var mixedUp = 0;
var late = 0;
var all = new List<AtOnce>();
for (var call = 0; call < 20; call++)
{
    var seen = new AtOnce();
    all.Add(seen);
    await client.CallToolAsync("count", progress: seen);
    var values = seen.Values.ToArray();
    late += steps - values.Length;
    mixedUp += values.Zip(values.Skip(1)).Count(pair => pair.First > pair.Second);
}
await Task.Delay(TimeSpan.FromSeconds(3));
var lost = all.Sum(seen => steps - seen.Values.Count);
Console.WriteLine($"20 calls of {steps} steps: {mixedUp} steps came after a later one, {late} had not come when the call was over, {lost} never came.");
return mixedUp > 0 ? 0 : Changed();

static int Changed()
{
    Console.Error.WriteLine("This has changed.");
    return 1;
}

sealed class AtOnce : IProgress<ProgressNotificationValue>
{
    public ConcurrentQueue<double> Values { get; } = new();
    public void Report(ProgressNotificationValue value) => Values.Enqueue(value.Progress);
}

// Stands where the network would be; the client is the real one.
sealed class Server : HttpMessageHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancelled)
    {
        var asked = JsonNode.Parse(await request.Content!.ReadAsStringAsync(cancelled))!;
        var id = asked["id"]!.ToJsonString();
        if ((string?)asked["method"] == "server/discover")
        {
            return Answer("application/json", """
                {"jsonrpc":"2.0","id":ID,"result":{"resultType":"complete","supportedVersions":["2026-07-28"],"ttlMs":0,
                "cacheScope":"private","capabilities":{"tools":{}},
                "_meta":{"io.modelcontextprotocol/serverInfo":{"name":"finding","version":"1"}}}}
                """.Replace("ID", id));
        }
        var token = asked["params"]!["_meta"]!["progressToken"]!.ToJsonString();
        var progress = """{"jsonrpc":"2.0","method":"notifications/progress","params":{"progressToken":TOKEN,"progress":STEP}}""";
        var result = """{"jsonrpc":"2.0","id":ID,"result":{"resultType":"complete","content":[]}}""";
        var stream = new StringBuilder();
        for (var step = 1; step <= 500; step++)
        {
            stream.Append($"data: {progress.Replace("TOKEN", token).Replace("STEP", $"{step}")}\n\n");
        }
        stream.Append($"data: {result.Replace("ID", id)}\n\n");
        return Answer("text/event-stream", stream.ToString());
    }

    static HttpResponseMessage Answer(string type, string body) =>
        new(HttpStatusCode.OK) { Content = new StringContent(body, Encoding.UTF8, type) };
}
CS
dotnet run --disable-build-servers
