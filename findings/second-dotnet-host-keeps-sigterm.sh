#!/usr/bin/env bash
# Microsoft.AspNetCore.App 8.0.31 (the runtime packages of NuGet), built with the SDK of .NET 10 on Linux.
#
# Expected: a process whose web host runs (`WebHost`, `RunAsync`) ends in order after SIGTERM, whatever else is in it.
# Happens: with a generic host (`HostBuilder`, as it comes) built and started in the same process it goes on as if nobody had
#   asked. The lifetime of that one takes the signal, declares it handled and stops its own application, for which nobody
#   waits; the web host waits for `ProcessExit`, which is not raised any more. On .NET 10.0.12 it ends.
# Matters: the Azure Functions host (4.1037, built from its source) is such a process: its workers talk to a generic host in it.
#   After SIGTERM it goes on until somebody kills it, and open calls are cut without a word. With a lifetime that leaves
#   signals alone in that place, it stops listening at once and is gone within 2 to 5 s.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > Finding.csproj <<'XML'
<Project Sdk="Microsoft.NET.Sdk.Web">
  <PropertyGroup>
    <TargetFramework>net8.0</TargetFramework>
    <ImplicitUsings>enable</ImplicitUsings>
    <RuntimeIdentifier>linux-x64</RuntimeIdentifier>
    <SelfContained>true</SelfContained>
    <RuntimeFrameworkVersion>8.0.31</RuntimeFrameworkVersion>
  </PropertyGroup>
</Project>
XML
cat > Program.cs <<'CS'
using Microsoft.AspNetCore;

var web = WebHost.CreateDefaultBuilder().UseUrls("http://127.0.0.1:0").Configure(_ => { }).ConfigureLogging(log => log.ClearProviders()).Build();
var running = web.RunAsync();
if (args.Contains("second"))
{
    await new HostBuilder().ConfigureLogging(log => log.ClearProviders()).Build().StartAsync();
}
Console.WriteLine("serving");
await running;
CS
dotnet build --nologo -v quiet -o built > build.log 2>&1 || { cat build.log; exit 1; }

# Whether it ends within ten seconds of SIGTERM.
ends() {
  built/Finding "$@" > out.log 2>&1 &
  local pid=$! wait
  until grep -q serving out.log; do sleep 0.2; done
  sleep 1
  kill -TERM "$pid"
  for wait in $(seq 50); do
    kill -0 "$pid" 2> /dev/null || return 0
    sleep 0.2
  done
  kill -KILL "$pid"
  wait "$pid" 2> /dev/null || true
  return 1
}

ends || { echo 'A web host alone did not end either.' >&2; exit 1; }
echo 'a web host alone: ends after SIGTERM'
if ends second; then
  echo 'This has changed.' >&2
  exit 1
fi
echo 'with a generic host beside it: goes on, ten seconds after SIGTERM'
