import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { projectDir } from '#scripts/lib/project-dir';

interface Task {
  readonly label: string;
  readonly command: string;
}

interface Configuration {
  readonly name: string;
  readonly program?: string;
  readonly runtimeArgs?: readonly string[];
}

const read = (file: string) => readFileSync(path.join(projectDir, file), 'utf8');
const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
const { tasks } = JSON.parse(read('.vscode/tasks.json')) as { tasks: readonly Task[] };
const { configurations } = JSON.parse(read('.vscode/launch.json')) as {
  configurations: readonly Configuration[];
};

const typed = [
  ...tasks.map(({ label, command }) => [`the task "${label}"`, command] as const),
  ...configurations.flatMap(({ name, runtimeArgs }) =>
    runtimeArgs === undefined ? [] : [[`the launch "${name}"`, `npm ${runtimeArgs.join(' ')}`] as const],
  ),
];

it.each(typed)('%s runs a script that exists', (_, command) => {
  const [, script = ''] = /^npm (?:run )?([\w:]+)/.exec(command) ?? [];
  expect(Object.keys(scripts)).toContain(script);
});

it.each(['The local stack', 'The Functions host', 'This test'])('%s can be run and debugged', (what) => {
  expect(tasks.map(({ label }) => label)).toContain(what);
  expect(configurations.map(({ name }) => name)).toContain(what);
});

it('what says that the stack and the host run is what they print', () => {
  const words = [...JSON.stringify(tasks).matchAll(/"endsPattern":"\^?([^"]+?) ?"/g)].map(([, text = '']) =>
    text.replaceAll('\\', ''),
  );
  expect(words).toEqual(['Ctrl+C stops everything', 'Host ready on']);
  expect(read('emulators/stack/run-stack.ts')).toContain(words[0]);
  expect(read('emulators/host/run.ts')).toContain(words[1]);
});

it('the servers that VS Code is told of are those of the quickstart', () => {
  const { servers } = JSON.parse(read('.vscode/mcp.json')) as { servers: object };
  const shown = /"servers": \{[\s\S]+?\n {2}\}/.exec(read('docs/quickstart.md'))?.[0];
  expect(servers).toEqual(JSON.parse(`{${shown}}`).servers);
});
