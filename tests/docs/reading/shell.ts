/** A line that a person types, and what the lines before it have set. */
export interface Typed {
  readonly text: string;
  /** The same after the assignments of its block, so that variables have their values. */
  readonly script: string;
  /** Index of the line on which it begins. */
  readonly at: number;
}

const assignment = /^[A-Za-z_]\w*=(?:"(?:\$\([^)]*\)|[^"$])*"|\$\([^)]*\)|'[^']*'|[^\s"'$]+)$/;

/** The commands of a block: without comments, continued lines put together, what `&&` joins taken apart. */
export function commandsIn(lines: readonly string[]): readonly Typed[] {
  const assignments: string[] = [];
  const commands: Typed[] = [];
  for (const { text, at } of statements(lines)) {
    if (assignment.test(text)) {
      assignments.push(text);
    } else {
      for (const part of partsOf(text)) {
        commands.push({ text: part, script: [...assignments, part].join('\n'), at });
      }
    }
  }
  if (commands.length === 0 && assignments.length > 0) {
    throw new Error('Nothing uses what is set here.');
  }
  return commands;
}

/** @throws Error when the last line promises another one */
function statements(lines: readonly string[]): readonly { text: string; at: number }[] {
  const found: { text: string; at: number }[] = [];
  let open: { text: string; at: number } | undefined;
  for (const [at, line] of lines.entries()) {
    const text = withoutComment(open === undefined ? line : joined(open.text, line));
    const statement = { text, at: open?.at ?? at };
    const goesOn = text.endsWith('\\') || bareIndexes(text).open;
    open = goesOn ? statement : undefined;
    if (!goesOn && text.trim() !== '') {
      found.push({ ...statement, text: text.trim() });
    }
  }
  if (open !== undefined) {
    throw new Error(`"${open.text}" does not end.`);
  }
  return found;
}

const joined = (text: string, line: string) =>
  text.endsWith('\\') ? `${text.slice(0, -1).trimEnd()} ${line.trim()}` : `${text}\n${line}`;

/** Parts that `&&` joins. */
export function partsOf(text: string): readonly string[] {
  const cuts = bareIndexes(text).bare.filter((at) => text.startsWith('&&', at));
  const starts = [0, ...cuts.map((at) => at + 2)];
  return starts.map((start, index) => text.slice(start, cuts[index] ?? text.length).trim());
}

function withoutComment(line: string): string {
  const start = bareIndexes(line).bare.find((at) => line[at] === '#' && /^$|\s/.test(line[at - 1] ?? ''));
  return line.slice(0, start).trimEnd();
}

/** Which characters stand outside quotes and substitutions; whether one of these is still open at the end. */
function bareIndexes(text: string): { bare: readonly number[]; open: boolean } {
  const bare: number[] = [];
  let quote = '';
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    const letter = text[at] ?? '';
    if (quote !== '') {
      if (letter === quote) {
        quote = '';
      }
    } else if (letter === '"' || letter === "'") {
      quote = letter;
    } else if (text.startsWith('$(', at)) {
      depth += 1;
    } else if (letter === ')' && depth > 0) {
      depth -= 1;
    } else if (depth === 0) {
      bare.push(at);
    }
  }
  return { bare, open: quote !== '' || depth > 0 };
}
