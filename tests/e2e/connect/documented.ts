import { blocksOf } from '../../docs/reading/markdown.ts';
import { readFile } from '../../docs/reading/tree.ts';

type Settings = Readonly<Record<string, string>>;

const page = 'docs/security-model.md';

/** The settings of each way in, as the page has them. */
const examples: Readonly<Record<string, Settings>> = Object.assign(
  {},
  ...blocksOf(readFile(page)).flatMap((block) =>
    block.kind === 'fence' && block.language === 'json' ? [JSON.parse(block.lines.join('\n'))] : [],
  ),
);

/**
 * The documented settings of a way in.
 * @param own what stands in angle brackets there, by the name of the setting
 * @throws Error when the page has another placeholder, or no such way
 */
export function documentedSettings(way: string, own: Settings): Settings {
  const settings = examples[way];
  if (settings === undefined) {
    throw new Error(`${page} has no settings for "${way}".`);
  }
  return Object.fromEntries(
    Object.entries(settings).map(([name, value]) => {
      const used = value.startsWith('<') ? own[name] : value;
      if (used === undefined) {
        throw new Error(`${page} has ${value} for ${name}, which this test has no value for.`);
      }
      return [name, used];
    }),
  );
}
