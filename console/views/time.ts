/** A time (ISO 8601, UTC) as its reader writes it, of where they are. */
export function timeText(iso: string): string {
  return new Date(iso).toLocaleString();
}
