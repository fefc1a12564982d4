/** A place in a policy file; lines count from 1. */
export interface Position {
  readonly file: string;
  readonly line: number;
}

/** A policy file says something that is wrong, or that is not supported. The message begins with `file:line`. */
export class PolicyProblem extends Error {
  override readonly name = 'PolicyProblem';
  readonly position: Position;

  constructor(position: Position, description: string) {
    super(`${position.file}:${position.line}: ${description}`);
    this.position = position;
  }
}
