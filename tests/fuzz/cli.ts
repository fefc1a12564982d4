import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { installApart } from '../../scripts/apart/install.ts';
import { runCommand } from '../../scripts/command-line/run-command.ts';
import { UsageError } from '../../scripts/command-line/usage-error.ts';
import { projectDir } from '../../scripts/lib/project-dir.ts';
import { bundles, bundleTargets } from './bundle.ts';
import { hasGlibc, leastNeeded, linkedWith } from './glibc.ts';
import { forOlderGlibc } from './older-glibc.ts';
import { later, targets } from './targets.ts';

const usage = `Sends what nobody would write to what reads the texts of others, guided by the code that it reaches (Jazzer.js): messages, the
policy language, tokens, identity assertions, cursors, session ids, filters of queries. What is found is kept in
.local/fuzz/found/, and what reaches new code in .local/fuzz/corpus/.

  npm run fuzz -- --minutes N [--target NAME]

  --minutes N     for all targets together
  --target NAME   only ${Object.keys(targets).join(', ')}`;

const options = {
  minutes: { type: 'string' },
  target: { type: 'string' },
} as const;

await runCommand({ usage, options }, async ({ minutes = '', target }) => {
  if (!(Number(minutes) > 0)) {
    throw new UsageError(`--minutes is "${minutes}"; it must be a number above 0.`);
  }
  const names = Object.keys(targets).filter((name) => target === undefined || name === target);
  if (names.length === 0) {
    throw new UsageError(`--target is "${target}"; use ${Object.keys(targets).join(', ')}.`);
  }
  if (!hasGlibc(leastNeeded)) {
    throw new UsageError(
      `The fuzzer's native part needs glibc ${leastNeeded.join('.')} or later, such as Debian 12 or Ubuntu 22.04 has, or macOS or Windows; run it on such a machine.`,
    );
  }
  const { node, modules } = await installApart('fuzz');
  await bundleTargets();
  const before = await loadedBefore(modules);
  const seconds = Math.ceil((Number(minutes) * 60) / names.length);
  let failed = 0;
  for (const name of names) {
    console.log(`${name}: ${seconds} seconds`);
    failed += (await fuzzed([node, ...before], modules, name, seconds)) === 0 ? 0 : 1;
  }
  console.log(
    failed === 0 ? 'Nothing was found.' : `${failed} targets found something: .local/fuzz/found/ has it.`,
  );
  return failed === 0 ? 0 : 1;
});

/** Options of Node with which the native part is loaded on this machine. */
async function loadedBefore(modules: string): Promise<readonly string[]> {
  if (hasGlibc(linkedWith)) {
    return [];
  }
  const file = `fuzzer-linux-${process.arch}.node`;
  const native = path.join(bundles, file);
  const brought = path.join(modules, '@jazzer.js/fuzzer/prebuilds', file);
  await writeFile(native, forOlderGlibc(await readFile(brought)));
  process.env.FUZZER_NATIVE = native;
  return ['--require', path.join(projectDir, 'tests/fuzz/load-native.cjs')];
}

/** @returns the exit code of the fuzzer */
async function fuzzed(
  [node, ...before]: readonly [string, ...string[]],
  modules: string,
  name: string,
  seconds: number,
): Promise<number | null> {
  const [found, own] = [path.join(bundles, 'found'), path.join(bundles, 'corpus', name)];
  await mkdir(found, { recursive: true });
  await mkdir(own, { recursive: true });
  const committed = path.join(projectDir, 'tests/fuzz/corpus', name);
  const child = spawn(
    node,
    [
      ...before,
      path.join(modules, '@jazzer.js/core/dist/cli.js'),
      path.join(bundles, `${name}.cjs`),
      ...[own, committed, '--includes', path.relative(projectDir, bundles)],
      // the keys that verify come from a server of the target's own
      '--disable_bug_detectors=ssrf',
      // without a turn of the event loop for each input, where none is needed
      ...(later.has(name) ? [] : ['--sync']),
      // milliseconds for one input: the first one makes keys
      '--timeout=60000',
      // what comes after this is libFuzzer's
      ...['--', `-max_total_time=${seconds}`, '-max_len=2048', '-print_final_stats=1'],
      `-artifact_prefix=${found}/${name}-`,
    ],
    { cwd: projectDir, stdio: 'inherit' },
  );
  const [code] = (await once(child, 'exit')) as [number | null];
  return code;
}
