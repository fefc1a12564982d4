using System.Text.Json.Nodes;

namespace Contoso.Clients;

static class FirstCall
{
    public static async Task<JsonObject> RunAsync(Uri address, Uri? document)
    {
        await using var client = await Connection.OpenAsync(address, document);
        var tools = await client.ListToolsAsync();
        var result = await client.CallToolAsync("get_customer_detail", new Dictionary<string, object?> { ["customer_id"] = 251 });
        return new JsonObject
        {
            ["protocol"] = client.NegotiatedProtocolVersion,
            ["tools"] = new JsonArray([.. tools.Select(tool => JsonValue.Create(tool.Name))]),
            ["data"] = JsonNode.Parse(result.StructuredContent!.Value.GetRawText()),
        };
    }
}
