using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace Contoso.Clients;

/// <summary>A tool that takes a while: with its call left open, and as a task.</summary>
static class LongJob
{
    static readonly Dictionary<string, object?> arguments = new() { ["device_name"] = "Router", ["detail"] = "It is slow." };

    public static async Task<JsonObject> RunAsync(Uri address) => new()
    {
        ["open"] = await LeftOpenAsync(address),
        ["task"] = await AsTaskAsync(address),
    };

    static async Task<JsonObject> LeftOpenAsync(Uri address)
    {
        await using var client = await Connection.OpenAsync(address);
        var progress = new Collected();
        var result = await client.CallToolAsync("trouble_shoot_device", arguments, progress);
        return new JsonObject
        {
            ["progress"] = new JsonArray([.. progress.Seen.Select(seen => JsonValue.Create(seen.Progress))]),
            ["data"] = JsonNode.Parse(result.StructuredContent!.Value.GetRawText()),
        };
    }

    static async Task<JsonObject> AsTaskAsync(Uri address)
    {
        await using var client = await Connection.OpenAsync(address, null, Connection.WithTasks());
        async Task<JsonObject> Send(string method, JsonObject parameters) =>
            (await client.SendRequestAsync(new JsonRpcRequest { Method = method, Params = parameters })).Result!.AsObject();

        var handle = await Send("tools/call", new JsonObject
        {
            ["name"] = "trouble_shoot_device",
            ["arguments"] = new JsonObject { ["device_name"] = "Router", ["detail"] = "It is slow." },
        });
        var messages = new JsonArray();
        while (true)
        {
            var task = await Send("tasks/get", new JsonObject { ["taskId"] = (string?)handle["taskId"] });
            messages.Add((string?)task["statusMessage"]);
            if ((string?)task["status"] != "working")
            {
                return new JsonObject { ["handle"] = handle["status"]!.DeepClone(), ["messages"] = messages, ["end"] = task.DeepClone() };
            }
            await Task.Delay(TimeSpan.FromMilliseconds((double)task["pollIntervalMs"]!));
        }
    }

    /// <summary>Steps in the order in which the library tells of them, which is not that in which they came.</summary>
    sealed class Collected : IProgress<ProgressNotificationValue>
    {
        public ConcurrentQueue<ProgressNotificationValue> Seen { get; } = new();

        public void Report(ProgressNotificationValue value) => Seen.Enqueue(value);
    }
}
