/** What this process knows of a request beside what it says. */
export interface RequestNotes {
  correlationId: string | undefined;
  /** Its body was read to the end here. */
  isReadToEnd: boolean;
}

const notes = Symbol('notes');

/** Kept on the request itself: maps of weak references cost several times as much, most of it when garbage is collected. */
export function notesOf(request: Request): RequestNotes {
  const noted = request as Request & { [notes]?: RequestNotes };
  noted[notes] ??= { correlationId: undefined, isReadToEnd: false };
  return noted[notes];
}
