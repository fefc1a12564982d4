using System.Text.Json.Nodes;

namespace Contoso.Clients;

/// <summary>Requests about a task say its id in a header, too, as 2026-07-28 wants it.</summary>
sealed class NamedTasks(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancelled)
    {
        if (request.Headers.TryGetValues("Mcp-Method", out var method) && method.First().StartsWith("tasks/")
            && !request.Headers.Contains("Mcp-Name"))
        {
            var body = JsonNode.Parse(await request.Content!.ReadAsStringAsync(cancelled));
            request.Headers.Add("Mcp-Name", (string?)body?["params"]?["taskId"]);
        }
        return await base.SendAsync(request, cancelled);
    }
}
