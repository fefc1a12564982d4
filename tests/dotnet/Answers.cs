using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace Contoso.Clients;

/// <summary>What comes of calls that are not simply carried out.</summary>
static class Answers
{
    public static async Task<JsonObject> RunAsync(Uri address)
    {
        await using var client = await Connection.OpenAsync(address);
        await using var asking = await Connection.OpenAsync(address, null, Agreeing());
        var locked = new Dictionary<string, object?> { ["customer_id"] = 254, ["reason"] = "The customer called." };
        return new JsonObject
        {
            ["invalid"] = await SeenAsync(() => Call(client, "get_customer_detail", new() { ["customer_id"] = "x" })),
            ["unknown"] = await SeenAsync(() => Call(client, "no_such_tool", [])),
            ["method"] = await SeenAsync(() => Send(client, "no/such")),
            ["unasked"] = await SeenAsync(() => Call(client, "unlock_account", locked)),
            ["asked"] = await SeenAsync(() => Call(asking, "unlock_account", locked)),
        };
    }

    static McpClientOptions Agreeing() => new()
    {
        Handlers = new()
        {
            ElicitationHandler = (_, _) => ValueTask.FromResult(new ElicitResult
            {
                Action = "accept",
                Content = new Dictionary<string, JsonElement> { ["confirm"] = JsonElement.Parse("true") },
            }),
        },
    };

    static async Task<string> Call(McpClient client, string tool, Dictionary<string, object?> arguments)
    {
        var result = await client.CallToolAsync(tool, arguments);
        return $"{(result.IsError == true ? "error" : "result")}: {((TextContentBlock)result.Content[0]).Text}";
    }

    static async Task<string> Send(McpClient client, string method) =>
        (await client.SendRequestAsync(new JsonRpcRequest { Method = method, Params = new JsonObject() })).Result!.ToJsonString();

    public static async Task<string> SeenAsync(Func<Task<string>> call)
    {
        try
        {
            return await call();
        }
        catch (Exception error) when (error is McpException or HttpRequestException or OperationCanceledException)
        {
            return $"{error.GetType().Name}: {error.Message}";
        }
    }
}
