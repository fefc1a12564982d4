using System.Text.Json.Nodes;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace Contoso.Clients;

/// <summary>A session of 2025 that the server does not know, as after it has ended.</summary>
static class LostSession
{
    public static async Task<JsonObject> RunAsync(Uri address)
    {
        var old = await Connection.OpenAsync(address, null, new McpClientOptions { ProtocolVersion = "2025-11-25" });
        var known = new ResumeClientSessionOptions { ServerCapabilities = old.ServerCapabilities, ServerInfo = old.ServerInfo! };
        await using var client = await McpClient.ResumeSessionAsync(Connection.TransportTo(address, null, "an-ended-session"), known);
        async Task<string> List() => $"{(await client.ListToolsAsync()).Count} tools";
        var seen = new JsonObject
        {
            ["protocol"] = old.NegotiatedProtocolVersion,
            ["first"] = await Answers.SeenAsync(List),
            ["again"] = await Answers.SeenAsync(List),
        };
        await old.DisposeAsync();
        return seen;
    }
}
