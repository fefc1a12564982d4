using System.Text.Json.Nodes;
using ModelContextProtocol.Authentication;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace Contoso.Clients;

/// <summary>Connects with nothing but an address; a person signs in through standard input and output.</summary>
static class Connection
{
    public static Task<McpClient> OpenAsync(Uri address, Uri? document = null, McpClientOptions? options = null) =>
        McpClient.CreateAsync(TransportTo(address, document), options);

    public static HttpClientTransport TransportTo(Uri address, Uri? document = null, string? session = null)
    {
        var options = new HttpClientTransportOptions
        {
            Endpoint = address,
            TransportMode = HttpTransportMode.StreamableHttp,
            KnownSessionId = session,
            OAuth = new ClientOAuthOptions
            {
                RedirectUri = new Uri("http://127.0.0.1:7998/callback"),
                ClientMetadataDocumentUri = document,
                DynamicClientRegistration = new() { ClientName = "A client in C#" },
                AuthorizationCallbackHandler = SignInAsync,
            },
        };
        return new HttpClientTransport(options, new HttpClient(new NamedTasks(new SocketsHttpHandler())), ownsHttpClient: true);
    }

    /// <summary>As the Tasks extension wants it of those who can wait for a task.</summary>
    public static McpClientOptions WithTasks() => new()
    {
        Capabilities = new ClientCapabilities
        {
            Extensions = new Dictionary<string, object> { ["io.modelcontextprotocol/tasks"] = new JsonObject() },
        },
    };

    static async Task<AuthorizationResult?> SignInAsync(AuthorizationCallbackContext context, CancellationToken cancelled)
    {
        Console.WriteLine(new JsonObject { ["authorize"] = context.AuthorizationUri.AbsoluteUri }.ToJsonString());
        var answer = new Uri(await Console.In.ReadLineAsync(cancelled) ?? throw new InvalidOperationException("Nobody has signed in."));
        var query = System.Web.HttpUtility.ParseQueryString(answer.Query);
        return new AuthorizationResult { Code = query["code"], State = query["state"], Iss = query["iss"] };
    }
}
