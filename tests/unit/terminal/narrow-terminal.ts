import { Writable } from 'node:stream';

interface Terminal {
  readonly output: NodeJS.WriteStream;
  /** Every row that was ever on the screen and is still, from the top. */
  rows(): string[];
  /** All that was written. */
  written(): string;
}

/** A control sequence, or a character. */
const introducer = '\u001b';
const parts = new RegExp(`${introducer}(?:\\[[\\d;?]*[A-Za-z]|[78])|[\\s\\S]`, 'gu');

/** A terminal as far as lines go: it begins a new row behind its last column, and knows what clears a row. */
export function terminal(columns: number, isTTY = true): Terminal {
  const rows: string[] = [''];
  let column = 0;
  let written = '';
  const put = (character: string) => {
    if (column === columns) {
      rows.push('');
      column = 0;
    }
    const row = rows.at(-1) ?? '';
    rows[rows.length - 1] = row.padEnd(column).slice(0, column) + character + row.slice(column + 1);
    column += 1;
  };
  const output = new Writable({
    write(chunk: Buffer, _encoding, done) {
      const text = chunk.toString();
      written += text;
      for (const [part] of text.matchAll(parts)) {
        const last = rows.length - 1;
        if (part === '\u001b[2K') {
          rows[last] = '';
        } else if (part === '\u001b[0K') {
          rows[last] = (rows[last] ?? '').slice(0, column);
        } else if (part === '\r' || part === '\u001b[1G') {
          column = 0;
        } else if (part === '\n') {
          rows.push('');
          column = 0;
        } else if (!part.startsWith('\u001b')) {
          put(part);
        }
      }
      done();
    },
  });
  Object.assign(output, { columns, isTTY, rows: 40, hasColors: () => isTTY });
  return { output: output as NodeJS.WriteStream, rows: () => rows, written: () => written };
}
