/** What a search for documents came to. */
export interface Found {
  readonly documents: readonly { readonly title: string; readonly content: string }[];
}

/** Documents that were found. Whatever is quoted from one of them is cited. */
export class Sources {
  readonly #contents: ReadonlyMap<string, string>;
  readonly #cited = new Set<string>();

  constructor(...searches: readonly Found[]) {
    this.#contents = new Map(
      searches.flatMap(({ documents }) => documents.map(({ title, content }) => [title, content] as const)),
    );
  }

  get citations(): string[] {
    return [...this.#cited];
  }

  /** The first sentence of a document for each pattern, with its title before them; empty when none was found. */
  quote(title: string, ...patterns: readonly RegExp[]): string[] {
    const sentences = sentencesOf(this.#contents.get(title) ?? '');
    const quoted = patterns.flatMap((pattern) => sentences.find((sentence) => pattern.test(sentence)) ?? []);
    if (quoted.length === 0) {
      return [];
    }
    this.#cited.add(title);
    return [`${title}: ${[...new Set(quoted)].map(withFullStop).join(' ')}`];
  }

  /** The number that a document names at a place, such as the days of a deadline; undefined when it does not. */
  number(title: string, pattern: RegExp): number | undefined {
    const digits = pattern.exec(this.#contents.get(title) ?? '')?.[1];
    if (digits === undefined) {
      return undefined;
    }
    this.#cited.add(title);
    return Number(digits);
  }
}

/** The sentences of a Markdown text, without its marks; a row of a table is one sentence. */
export function sentencesOf(markdown: string): string[] {
  return markdown
    .split('\n')
    .map((line) =>
      line
        .trim()
        .replace(/^(?:\d+\.|[-*#>]+)\s+/, '')
        .replaceAll('**', ''),
    )
    .map((line) => (line.startsWith('|') ? tableRow(line) : line))
    .flatMap((line) => line.split(/(?<=[.!?])\s+(?=\p{Lu})/u))
    .filter((sentence) => /\p{L}/u.test(sentence));
}

function tableRow(line: string): string {
  const cells = line
    .split('|')
    .map((cell) => cell.trim())
    .filter((cell) => cell !== '');
  return cells.join(': ');
}

/** A sentence with its full stop. */
export function withFullStop(sentence: string): string {
  return /[.!?]$/.test(sentence) ? sentence : `${sentence.replace(/[,;:]$/, '')}.`;
}
