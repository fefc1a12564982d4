using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Azure.WebJobs.Host;
using Microsoft.Azure.WebJobs.Host.Config;

namespace Contoso.DurableExtension;

/// <summary>What the bridge says of the app that it has loaded.</summary>
/// <param name="Functions">Its orchestrators and activities.</param>
/// <param name="Settings">`extensions.durableTask` of its host.json.</param>
/// <param name="LogLevels">`logging.logLevel` of its host.json.</param>
/// <param name="Origin">Where it is served.</param>
public sealed record App(Function[] Functions, JsonNode Settings, Dictionary<string, string> LogLevels, string Origin);

/// <param name="Kind">The type of its trigger, in lower case.</param>
public sealed record Function(string Name, string Kind);

/// <summary>Configuration in the form of host.json.</summary>
public static class Sections
{
    public static Stream Of(string path, JsonNode content)
    {
        JsonNode section = content.DeepClone();
        foreach (var name in path.Split(':').Reverse())
        {
            section = new JsonObject { [name] = section };
        }
        return new MemoryStream(Encoding.UTF8.GetBytes(section.ToJsonString()));
    }
}

/// <summary>Where the WebJobs SDK looks for functions.</summary>
public sealed class Locator(Type functions) : Microsoft.Azure.WebJobs.ITypeLocator
{
    public IReadOnlyList<Type> GetTypes() => [functions, typeof(Client)];
}

/// <summary>The addresses that answers name: the bridge hands requests to them on.</summary>
public sealed class WebHooks(string origin) : IWebHookProvider
{
    public Uri GetUrl(IExtensionConfigProvider extension) => new($"{origin}/runtime/webhooks/durabletask?code=local");
}
