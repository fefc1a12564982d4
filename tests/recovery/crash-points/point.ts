/** A moment at which a process is killed. */
export interface Point {
  /** What is about to happen, or has just happened, and where: file and line. */
  readonly place: string;
  /** The how many-th time that this happens, from 1. */
  readonly time: number;
}

/** A point that was passed. */
export interface Passed extends Point {
  /** What the door was told when the count began. */
  readonly part: string;
}

/** By which request the door is watched: another value of this header begins a count anew. */
export const doorHeader = 'x-crash-points';
/** The value that ends the count. */
export const doorClosed = 'closed';

/** What an instance is told on its command line: what it lists, or where it dies. */
export type Orders = { readonly list: boolean } | { readonly kill: Point };

/** How a line begins by which an instance tells a point that it passed. */
export const passed = 'PASSED ';

/** What marked code calls before each await; the instance of a run defines it. */
export const markName = '__crashPoint';
