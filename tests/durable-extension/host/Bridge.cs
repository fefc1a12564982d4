using System.Net;
using System.Net.Http.Json;
using System.Text;
using Microsoft.Azure.WebJobs.Script.Workers;
using Microsoft.Azure.WebJobs.Script.Workers.Rpc;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Contoso.DurableExtension;

/// <summary>The way to the functions, which live in a process of Node: HTTP over loopback.</summary>
public static class Bridge
{
    /// <summary>Tries while there is no Node, a second each: the Functions host, too, delays calls while it starts its worker again.</summary>
    private const int Patience = 240;

    private static readonly HttpClient Http = new()
    {
        BaseAddress = new Uri(Environment.GetEnvironmentVariable("BRIDGE_URL") ?? throw new InvalidOperationException("BRIDGE_URL is not set.")),
        Timeout = Timeout.InfiniteTimeSpan,
    };

    public static async Task<App> App()
    {
        using var response = await WhenThere(() => Http.GetAsync("app"));
        return (await response.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<App>())!;
    }

    /// <summary>Hands the client to Node, again and again: Node may be started again.</summary>
    public static async Task Announce(string client)
    {
        while (true)
        {
            try
            {
                using var response = await Http.PostAsync($"client/{Environment.ProcessId}", new StringContent(client, Encoding.UTF8));
            }
            catch (HttpRequestException)
            {
                // there is none at the moment
            }
            await Task.Delay(TimeSpan.FromSeconds(1));
        }
    }

    /// <summary>Runs a function in Node. The result is what the Functions host would hand to the extension.</summary>
    public static async Task<object?> Call(string name, string? input)
    {
        var request = new JObject { ["data"] = input == null ? new JObject() : new JObject { ["string"] = input } };
        var (status, content) = await Invoke(name, request.ToString(Formatting.None));
        var answer = Parsed(content)!;
        if (status != HttpStatusCode.OK)
        {
            throw new RpcException((string?)answer["message"], (string?)answer["stack"]);
        }
        return answer["returnValue"] is JObject value ? ValueOf(value) : null;
    }

    /// <summary>One field of the protocol's TypedData is set.</summary>
    private static object? ValueOf(JObject value)
    {
        if (value["json"] is { } json)
        {
            return Parsed((string)json!);
        }
        if (value["string"] is { } text)
        {
            return (string?)text;
        }
        if (value["bytes"] is { } bytes)
        {
            return Convert.FromBase64String((string)bytes!);
        }
        if (value["int"] is { } integer)
        {
            return (long)integer;
        }
        return value["double"] is { } number ? (double)number : null;
    }

    /// <summary>A call that is cut off by the end of Node fails as in the Functions host.</summary>
    private static async Task<(HttpStatusCode, string)> Invoke(string name, string body)
    {
        try
        {
            using var response = await WhenThere(() => Http.PostAsync($"invoke/{name}", new StringContent(body, Encoding.UTF8)));
            return (response.StatusCode, await response.Content.ReadAsStringAsync());
        }
        catch (Exception error) when (error is HttpRequestException or IOException)
        {
            throw new WorkerProcessExitException("node exited");
        }
    }

    private static async Task<HttpResponseMessage> WhenThere(Func<Task<HttpResponseMessage>> send)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                return await send();
            }
            catch (HttpRequestException error) when (error.HttpRequestError == HttpRequestError.ConnectionError && tries < Patience)
            {
                await Task.Delay(TimeSpan.FromSeconds(1));
            }
        }
    }

    /// <summary>Texts that look like dates stay as they are.</summary>
    private static JToken? Parsed(string json) =>
        JsonConvert.DeserializeObject<JToken>(json, new JsonSerializerSettings { DateParseHandling = DateParseHandling.None });
}
