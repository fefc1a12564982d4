import { copyFile, mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { projectDir } from '../lib/project-dir.ts';
import { bundleTools } from './deploy-tools.ts';
import { type Package, packageDir } from './package.ts';
import { writeSbom } from './sbom.ts';
import { withinPackage } from './within.ts';

/** Where `npm run package` puts what a deployment takes along, and what is signed: these files and no others. */
export const releaseDir = path.join(packageDir, 'release');

/** What scanners report and does not apply, as OpenVEX. */
export const vexFile = path.join(projectDir, 'infra/pipeline/vex.json');

/**
 * Puts together what is deployed, what says of what it is made, and what deploys it.
 * @returns how many packages are in it
 * @throws Error when the SBOM does not fit what was bundled
 */
export async function makeRelease({ zip, metafile }: Package, dir: string = releaseDir): Promise<number> {
  await rm(dir, { recursive: true, force: true });
  await mkdir(dir, { recursive: true });
  await copyFile(zip, path.join(dir, path.basename(zip)));
  await copyFile(vexFile, path.join(dir, 'contoso-mcp.vex.json'));
  await writeSbom(await bundleTools(dir), path.join(dir, 'deploy-tools.cdx.json'));
  const { components } = await writeSbom(
    await withinPackage(metafile),
    path.join(dir, 'contoso-mcp.cdx.json'),
  );
  return components.length;
}
