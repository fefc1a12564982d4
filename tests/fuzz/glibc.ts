/** What the fuzzer's native part is linked with. */
const needed = [2, 38] as const;
export const glibcNeeded = `glibc ${needed.join('.')} or later, such as Debian 13 or Ubuntu 24.04 has, or macOS or Windows`;

interface Report {
  readonly header: { readonly glibcVersionRuntime?: string };
}

/** @param version of this machine's; undefined where there is none, as on macOS and Windows */
export function hasGlibc(
  version = (process.report?.getReport() as Report | undefined)?.header.glibcVersionRuntime,
  platform: NodeJS.Platform = process.platform,
): boolean {
  if (platform !== 'linux') {
    return true;
  }
  const [major = 0, minor = 0] = (version ?? '').split('.').map(Number);
  return major > needed[0] || (major === needed[0] && minor >= needed[1]);
}
