import { createHash, generateKeyPairSync, sign as signBytes, verify as verifyBytes } from 'node:crypto';
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Metafile } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { projectDir } from '#scripts/lib/project-dir';
import { deployTools } from '#scripts/package/deploy-tools';
import { makePackage } from '#scripts/package/package';
import { publicKeyOf } from '#scripts/package/provenance/envelope';
import { vaultSigner } from '#scripts/package/provenance/signers';
import { subjectsIn } from '#scripts/package/provenance/statement';
import { type Expected, verifyRelease } from '#scripts/package/provenance/verify';
import { makeRelease } from '#scripts/package/release';
import { checkSbom, type Lock, nameOf, type Sbom } from '#scripts/package/sbom';
import { withinPackage } from '#scripts/package/within';
import { npmRun, runNode } from '../../support/run.ts';
import { nameOfUrl, readVex } from './vex.ts';

function keyPair() {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return {
    privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }),
    publicKey: publicKey.export({ type: 'spki', format: 'pem' }),
  };
}
const build = {
  source: 'https://git.example/contoso/mcp',
  commit: 'c'.repeat(40),
  builder: 'https://builds.example/7',
};

let root: string;
let release: string;
let within: Metafile;
let sbom: Sbom;
let lock: Lock;

beforeAll(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'release-'));
  release = path.join(root, 'release');
  const made = await makePackage(path.join(root, 'package'));
  within = await withinPackage(made.metafile);
  await makeRelease(made, release);
  const read = async (file: string) => JSON.parse(await readFile(file, 'utf8'));
  sbom = await read(path.join(release, 'contoso-mcp.cdx.json'));
  lock = await read(path.join(projectDir, 'package-lock.json'));
  const { privateKey, publicKey } = keyPair();
  await writeFile(path.join(root, 'signer.pem'), privateKey);
  await writeFile(path.join(root, 'signer.pub'), publicKey);
  await writeFile(path.join(root, 'foreign.pem'), keyPair().privateKey);
}, 180_000);

afterAll(() => rm(root, { recursive: true, force: true }));

describe('the SBOM of a release', () => {
  it('lists what is bundled at the versions of the lock file, and nothing else', () => {
    expect(sbom).toMatchObject({ bomFormat: 'CycloneDX', specVersion: '1.6' });
    const names = sbom.components.map(nameOf);
    expect(names).toContain(`zod@${lock.packages['node_modules/zod']?.version}`);
    expect(names.filter((name) => /^(vitest|azurite|esbuild)@/.test(name))).toEqual([]);
    expect(() => checkSbom(sbom, within, lock)).not.toThrow();
  });

  it.each(['preact', '@modelcontextprotocol/client', '@modelcontextprotocol/ext-apps', '@rjsf/core'])(
    'lists %s, which is in the pages of cards or the files of the console: texts in the bundle',
    (library) => {
      const name = `${library}@${lock.packages[`node_modules/${library}`]?.version}`;
      const components = sbom.components.filter((one) => nameOf(one) !== name);
      expect(components).toHaveLength(sbom.components.length - 1);
      expect(() => checkSbom({ ...sbom, components }, within, lock)).toThrow(
        `In the bundle and not in its SBOM: ${name}.`,
      );
    },
  );

  it('has one beside it for the tools of a deployment', async () => {
    const text = await readFile(path.join(release, 'deploy-tools.cdx.json'), 'utf8');
    const names = (JSON.parse(text) as Sbom).components.map(nameOf);
    expect(names).toContain(`jose@${lock.packages['node_modules/jose']?.version}`);
    expect(names.filter((name) => name.startsWith('preact@'))).toEqual([]);
  });

  it('is refused when a package is left out, put in, or has another version', () => {
    const [first, ...others] = sbom.components;
    const without = { ...sbom, components: others };
    const added = { ...sbom, components: [...sbom.components, { name: 'left-pad', version: '1.3.0' }] };
    const newer = { ...sbom, components: [{ ...(first ?? { name: '' }), version: '99.0.0' }, ...others] };
    expect(() => checkSbom(without, within, lock)).toThrow(/^In the bundle and not in its SBOM: @azure/);
    expect(() => checkSbom(added, within, lock)).toThrow('In the SBOM and not in the bundle: left-pad@1.3.0');
    expect(() => checkSbom(newer, within, lock)).toThrow('not in its SBOM');
  });

  it('is refused when something is bundled that the lock file does not have', () => {
    const { 'node_modules/zod': _, ...packages } = lock.packages;
    expect(() => checkSbom(sbom, within, { packages })).toThrow('node_modules/zod is in the bundle');
  });
});

describe('what scanners report and does not apply', () => {
  it('is about packages that are installed, says why, and tells those that are deployed from others', async () => {
    const vex = await readVex(path.join(release, 'contoso-mcp.vex.json'));
    const { name, version } = JSON.parse(await readFile(path.join(projectDir, 'package.json'), 'utf8'));
    const installed = new Set(
      Object.entries(lock.packages).map(
        ([dir, one]) => `${dir.split('node_modules/').at(-1)}@${one.version}`,
      ),
    );
    const deployed = new Set(sbom.components.map(nameOf));
    expect(vex.statements.length).toBeGreaterThan(0);
    for (const { vulnerability, products, status, justification, impact_statement } of vex.statements) {
      expect(vulnerability.name).toMatch(/^GHSA(-[0-9a-z]{4}){3}$/);
      expect(status).toBe('not_affected');
      expect(impact_statement.length, vulnerability.name).toBeGreaterThan(40);
      expect(products.map((product) => product['@id'])).toEqual([`pkg:npm/${name}@${version}`]);
      const about = products.flatMap(({ subcomponents }) =>
        subcomponents.map((one) => nameOfUrl(one['@id'])),
      );
      expect(about.length, vulnerability.name).toBeGreaterThan(0);
      expect(
        about.filter((one) => !installed.has(one)),
        vulnerability.name,
      ).toEqual([]);
      const expected = justification === 'component_not_present' ? [] : about;
      expect(
        about.filter((one) => deployed.has(one)),
        vulnerability.name,
      ).toEqual(expected);
    }
  });
});

describe('a signed release', () => {
  const origin = Object.entries(build).flatMap(([name, value]) => [`--${name}`, value]);
  const signer = () => path.join(root, 'signer.pub');
  let copies = 0;

  async function copyOfRelease(): Promise<string> {
    copies += 1;
    const dir = path.join(root, `copy-${copies}`);
    await cp(release, dir, { recursive: true });
    return dir;
  }
  const sign = (dir: string, key: string) =>
    npmRun('sign:package', ['--release', dir, ...origin, '--run', '1', '--key', path.join(root, key)]);
  const command = (dir: string) => npmRun('verify:package', ['--release', dir, '--key', signer(), ...origin]);
  const verify = async (dir: string, expected: Expected = build) =>
    verifyRelease(dir, publicKeyOf(await readFile(signer(), 'utf8')), expected);

  async function alter(file: string): Promise<() => Promise<void>> {
    const bytes = await readFile(file);
    const altered = Buffer.from(bytes);
    altered.writeUInt8(altered.readUInt8(1000) ^ 1, 1000);
    await writeFile(file, altered);
    return () => writeFile(file, bytes);
  }

  beforeAll(async () => {
    expect(await sign(release, 'signer.pem')).toMatchObject({ code: 0 });
  });

  it('is accepted as it is, with every file named', async () => {
    const { code, output } = await command(release);
    expect({ code, output }).toMatchObject({ code: 0 });
    for (const name of (await readdir(release)).filter((one) => one !== 'provenance.dsse.json')) {
      expect(output).toContain(name);
    }
  });

  it('is refused after one byte of any file was altered', async () => {
    const dir = await copyOfRelease();
    await alter(path.join(dir, 'contoso-mcp.zip'));
    const { code, output } = await command(dir);
    expect({ code, output }).toMatchObject({ code: 1 });
    expect(output).toContain('contoso-mcp.zip is not as it was signed');
  });

  // Node 20 does not read TypeScript by itself
  it.skipIf(!('typescript' in process.features && process.features.typescript))(
    'is verified where nothing is installed',
    async () => {
      const bare = path.join(root, 'bare');
      await cp(path.join(projectDir, 'scripts'), path.join(bare, 'scripts'), {
        recursive: true,
        filter: (file) => !file.includes('node_modules'),
      });
      await cp(path.join(projectDir, 'package.json'), path.join(bare, 'package.json'));
      const args = [
        'scripts/launch.cjs',
        'scripts/package/verify-cli.ts',
        '--release',
        release,
        '--key',
        signer(),
      ];
      const { code, output } = await runNode(args, {}, bare);
      expect({ code, output }).toMatchObject({ code: 0 });
    },
  );

  it('whichever file it was', async () => {
    const dir = await copyOfRelease();
    for (const { name } of await subjectsIn(dir)) {
      const restore = await alter(path.join(dir, name));
      await expect(verify(dir), name).rejects.toThrow(`${name} is not as it was signed`);
      await restore();
    }
    await expect(verify(dir)).resolves.toContain('doctor.mjs');
  });

  it('is refused when somebody else signed it', async () => {
    const dir = await copyOfRelease();
    expect(await sign(dir, 'foreign.pem')).toMatchObject({ code: 0 });
    const { code, output } = await command(dir);
    expect({ code, output }).toMatchObject({ code: 1 });
    expect(output).toContain('not signed with the expected key');
  });

  it('is refused when the statement was altered, is of another type, or is missing', async () => {
    const dir = await copyOfRelease();
    const file = path.join(dir, 'provenance.dsse.json');
    const envelope = JSON.parse(await readFile(file, 'utf8'));
    const text = Buffer.from(envelope.payload, 'base64').toString();
    const other = Buffer.from(text.replace(build.commit, 'd'.repeat(40))).toString('base64');
    for (const [changed, said] of [
      [{ ...envelope, payload: other }, 'was changed after it was signed'],
      [{ ...envelope, signatures: [] }, 'not signed with the expected'],
      [{ ...envelope, payloadType: 'text/plain' }, 'no DSSE envelope'],
    ] as const) {
      await writeFile(file, JSON.stringify(changed));
      await expect(verify(dir)).rejects.toThrow(said);
    }
    await rm(file);
    await expect(verify(dir)).rejects.toThrow('is not signed');
  });

  it('is refused when a file was put in or taken out', async () => {
    const dir = await copyOfRelease();
    await writeFile(path.join(dir, 'more.mjs'), '');
    await expect(verify(dir)).rejects.toThrow('more.mjs is in the release and was not signed');
    await rm(path.join(dir, 'more.mjs'));
    await rm(path.join(dir, 'doctor.mjs'));
    await expect(verify(dir)).rejects.toThrow('doctor.mjs is missing');
  });

  it.each(['source', 'commit', 'builder'] as const)('is refused when it has another %s', async (what) => {
    const said = `The release has the ${what} ${build[what]}, and not another.`;
    await expect(verify(release, { [what]: 'another' })).rejects.toThrow(said);
  });

  it('by a key of Key Vault is one that every verifier reads', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
    const base64 = (number: string) => Buffer.from(number, 'base64url').toString('base64');
    let text = Buffer.alloc(0);
    const { sign: signInVault, publicKey: told } = await vaultSigner(
      'https://vault/keys/k/1',
      async (args) => {
        if (args.includes('show')) {
          return { key: { crv: 'P-256', x: base64(x), y: base64(y) } };
        }
        expect(args.at(-1)).toBe(createHash('sha256').update(text).digest('base64'));
        const raw = signBytes('sha256', text, { key: privateKey, dsaEncoding: 'ieee-p1363' });
        return { signature: raw.toString('base64') };
      },
    );
    expect(told.equals(publicKey)).toBe(true);
    for (let length = 0; length < 64; length += 1) {
      text = Buffer.alloc(length, length);
      expect(verifyBytes('sha256', text, publicKey, await signInVault(text))).toBe(true);
    }
  });

  it('takes no key of another kind', () => {
    const { publicKey } = generateKeyPairSync('ed25519');
    expect(() => publicKeyOf(publicKey)).toThrow('not on the curve P-256');
  });
});

describe('the tools of a release', () => {
  it.each(Object.keys(deployTools))('%s runs where nothing is installed', async (tool) => {
    const { code, output } = await runNode([path.join(release, tool), '--help'], {}, projectDir);
    expect({ code, output }).toMatchObject({ code: 0, output: expect.stringContaining('npm run') });
  });

  it('read the policies of the folder that they are run in', async () => {
    const values = path.join(root, 'values.json');
    expect(
      await runNode([path.join(release, 'deploy-policies.mjs'), '--init', '--values', values]),
    ).toMatchObject({ code: 0 });
    const service = '/subscriptions/0/resourceGroups/rg/providers/Microsoft.ApiManagement/service/gateway';
    const args = ['--service', service, '--values', values, '--dry-run'];
    const { output } = await runNode([path.join(release, 'deploy-policies.mjs'), ...args]);
    expect(output).toContain('would write');
  });
});
