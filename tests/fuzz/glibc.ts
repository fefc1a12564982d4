export type Version = readonly [major: number, minor: number];

/** What the fuzzer's native part is linked with. */
export const linkedWith: Version = [2, 38];
/** What it needs at least, once it asks for functions by their older names. */
export const leastNeeded: Version = [2, 34];

interface Report {
  readonly header: { readonly glibcVersionRuntime?: string };
}

/** @param version of this machine's; undefined where there is none, as on macOS and Windows */
export function hasGlibc(
  needed: Version,
  version = (process.report?.getReport() as Report | undefined)?.header.glibcVersionRuntime,
  platform: NodeJS.Platform = process.platform,
): boolean {
  if (platform !== 'linux') {
    return true;
  }
  const [major = 0, minor = 0] = (version ?? '').split('.').map(Number);
  return major > needed[0] || (major === needed[0] && minor >= needed[1]);
}
