import { expectDone, type Place, type TypedCommand } from '../../commands/typing/entry.ts';
import { pages } from '../reading/commands.ts';

const documentedPort = '127.0.0.1:7071';
export const address = ({ port }: Place) => ({ [documentedPort]: `127.0.0.1:${port}` });

/** Runs a call of a tool, and gives the data that the command prints after the sentence. */
export async function data(
  typed: TypedCommand,
  instead?: Record<string, string>,
): Promise<Record<string, unknown>> {
  const output = await expectDone(typed, instead && { instead });
  return JSON.parse(output.slice(output.search(/^\{$/m)).replace(/^\}[\s\S]*/m, '}'));
}

/** They are long, and here only found again, not written again. */
export function ofTheQuickstart(start: string): string {
  const page = pages.find(({ file }) => file === 'docs/quickstart.md');
  const found = page?.commands.find(({ text }) => text.startsWith(start));
  if (found === undefined) {
    throw new Error(`docs/quickstart.md has no command that begins with "${start}".`);
  }
  return found.text;
}
