/** Told what the stack is doing while it starts, in a few words. */
export interface StackReport {
  step(what: string): void;
  progress(what: string, done: number, total: number): void;
  done(what: string): void;
}
