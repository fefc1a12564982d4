const width = 24;

/** Shows how far a call is: a bar that is drawn over where a person watches, a line for each step elsewhere. */
export function progressLine(output: NodeJS.WriteStream) {
  return {
    show(progress: number, total: number, message: string): void {
      const share = Math.min(progress / total, 1);
      const done = Math.round(share * width);
      const percent = String(Math.round(share * 100)).padStart(3);
      const line = `${'█'.repeat(done)}${'░'.repeat(width - done)} ${percent} % ${message}`;
      output.write(output.isTTY ? `\u001b[2K${line}\r` : `${line}\n`);
    },
    end(): void {
      if (output.isTTY) output.write('\u001b[2K');
    },
  };
}
