using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Agents.AI;
using Microsoft.Extensions.AI;

namespace Contoso.Clients;

/// <summary>An agent of the Microsoft Agent Framework with the tools of the server, and a model that calls one of them.</summary>
static class AgentRun
{
    public static async Task<JsonObject> RunAsync(Uri address)
    {
        await using var client = await Connection.OpenAsync(address);
        var model = new OneCall();
        var agent = new ChatClientAgent(model, tools: [.. await client.ListToolsAsync()]);
        var answer = await agent.RunAsync("Who is customer 251?");
        return new JsonObject
        {
            ["offered"] = model.Offered,
            ["told"] = JsonNode.Parse(model.Told),
            ["answer"] = answer.Text,
        };
    }

    /// <summary>Asks for one tool, and is content with what comes.</summary>
    sealed class OneCall : IChatClient
    {
        public int Offered { get; private set; }
        public string Told { get; private set; } = "null";

        public Task<ChatResponse> GetResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancelled = default)
        {
            Offered = options?.Tools?.Count ?? 0;
            var told = messages.SelectMany(message => message.Contents).OfType<FunctionResultContent>().FirstOrDefault();
            if (told is null)
            {
                var call = new FunctionCallContent("1", "get_customer_detail", new Dictionary<string, object?> { ["customer_id"] = 251 });
                return Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, [call])));
            }
            Told = JsonSerializer.Serialize(told.Result);
            return Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, "Done.")));
        }

        public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancelled = default) =>
            throw new NotSupportedException();

        public object? GetService(Type type, object? key = null) => null;

        public void Dispose() { }
    }
}
