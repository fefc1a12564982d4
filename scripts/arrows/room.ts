/** What one room is for, and what it may import. Everything that is not said here is refused. */
export interface Room {
  /** In a few words. */
  readonly purpose: string;
  /** Rooms that its files may import from, types included; always its own, too. */
  readonly imports: readonly string[];
  /** Those of {@link heldPackages} that its files may import. */
  readonly packages?: readonly string[];
  /** Its files may ask the process for the time. */
  readonly clock?: true;
  /** Its files may read `process.env`. */
  readonly environment?: true;
  /** Its files may compare permissions. */
  readonly permissions?: true;
}

/** Packages that only some rooms may import: what a host or a service is reached with. Every other package is free. */
export const heldPackages: readonly string[] = [
  '@azure/functions',
  'durable-functions',
  '@azure/data-tables',
  'openai',
  'jose',
];
