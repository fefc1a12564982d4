import { readdirSync } from 'node:fs';
import { type KnowledgeDocument, knowledgeDocument } from '#contoso/rules/model';
import { readTextFile } from '#platform/settings/text-file';

const folder = new URL('./knowledge/', import.meta.url);

/**
 * The knowledge documents of a company, in order of their file names. `{{company}}` in a text becomes its name.
 * @throws Error when a file is not a knowledge document; the message names the file.
 */
export function readKnowledge(company: string): KnowledgeDocument[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.md'))
    .sort()
    .map((file) => {
      const text = readTextFile(new URL(file, folder));
      return parseDocument(file, text.replaceAll('{{company}}', company));
    });
}

/**
 * Reads `key: value` lines between two lines of `---`, and the Markdown after them.
 * @throws Error when the front matter is missing or incomplete, or when the slug is not the file's name.
 */
export function parseDocument(file: string, text: string): KnowledgeDocument {
  const parts = /^---\n(?<front>.*?)\n---\n(?<content>.*)$/s.exec(text.replaceAll('\r\n', '\n'))?.groups;
  const document = knowledgeDocument.safeParse({
    ...frontMatter(parts?.front ?? ''),
    content: parts?.content?.trim(),
  });
  if (!document.success || `${document.data.slug}.md` !== file || document.data.content === '') {
    throw new Error(
      `${file}: a knowledge document starts with "---", the lines title, doc_type and slug (the file's name), and "---"; its text follows.`,
    );
  }
  return document.data;
}

function frontMatter(lines: string): Record<string, string> {
  return Object.fromEntries(
    lines.split('\n').map((line) => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon).trim(), line.slice(colon + 1).trim()];
    }),
  );
}
