// Runs the Durable extension on the app that the bridge in Node has loaded, until its standard input ends.
using System.Reflection;
using Contoso.DurableExtension;
using Microsoft.Azure.WebJobs;
using Microsoft.Azure.WebJobs.Extensions.DurableTask;
using Microsoft.Azure.WebJobs.Host;
using Microsoft.Azure.WebJobs.Host.Config;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

var app = await Bridge.App();
var builder = new HostBuilder()
    .UseEnvironment(Environments.Production)
    .ConfigureWebJobs(jobs => jobs.AddDurableTask())
    // the extension binds its options to this section
    .ConfigureAppConfiguration(configuration => configuration
        .AddJsonStream(Sections.Of("AzureWebJobs:extensions:durableTask", app.Settings))
        .AddEnvironmentVariables())
    .ConfigureServices(services =>
    {
        services.AddSingleton<ITypeLocator>(new Locator(EmittedFunctions.From(app.Functions)));
        services.AddSingleton<IWebHookProvider>(new WebHooks(app.Origin));
    })
    .ConfigureLogging(logging =>
    {
        logging.AddSimpleConsole(console => console.SingleLine = true);
        // `logging.logLevel` of host.json means the same here as in the Functions host
        foreach (var (category, level) in app.LogLevels)
        {
            logging.AddFilter(category == "default" ? null : category, Enum.Parse<LogLevel>(level, ignoreCase: true));
        }
    });

using var host = builder.Build();
await host.StartAsync();
await host.Services.GetRequiredService<IJobHost>().CallAsync($"{nameof(Client)}.{nameof(Client.Take)}", new Dictionary<string, object>());
_ = Bridge.Announce(Client.Taken);
var version = typeof(DurableTaskExtension).Assembly.GetCustomAttribute<AssemblyFileVersionAttribute>()?.Version;
Console.WriteLine($"Durable extension {version} runs.");
// whoever started it holds the other end: when that is gone, so is this
while (Console.In.Read() >= 0)
{
}

namespace Contoso.DurableExtension
{
    /// <summary>What the extension gives to clients in other languages.</summary>
    public static class Client
    {
        public static string Taken { get; private set; } = "";

        [NoAutomaticTrigger]
        public static void Take([DurableClient] string client) => Taken = client;
    }
}
