/** For every call of `dotnet`: nothing is reported, and no server is left running. */
export const dotnetSettings: Readonly<Record<string, string>> = {
  DOTNET_CLI_TELEMETRY_OPTOUT: '1',
  DOTNET_NOLOGO: '1',
  MSBUILDDISABLENODEREUSE: '1',
};
