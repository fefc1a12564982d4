using System.Text.Json;
using System.Text.Json.Nodes;
using Contoso.Clients;

// Usage: Clients WHAT ADDRESS [METADATA_DOCUMENT]. Writes a line of JSON whenever a person must sign in, who answers with a
// line on standard input, and at the end one with what was seen.
var address = new Uri(args[1]);
var document = args.Length > 2 ? new Uri(args[2]) : null;
JsonObject seen = args[0] switch
{
    "call" => await FirstCall.RunAsync(address, document),
    "job" => await LongJob.RunAsync(address),
    "answers" => await Answers.RunAsync(address),
    "session" => await LostSession.RunAsync(address),
    "agent" => await AgentRun.RunAsync(address),
    _ => throw new ArgumentException($"There is no {args[0]}."),
};
Console.WriteLine(new JsonObject { ["seen"] = seen }.ToJsonString());
