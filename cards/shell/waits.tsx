import { visible } from '#platform/format-controls';
import type { Format } from '../host/format.ts';

/** A call of the user's that waits for a second person. */
export interface Waiting {
  /** What would happen, and why it waits. */
  readonly what: string;
  /** Until when somebody can decide, ISO 8601; nothing once somebody approved. */
  readonly until: string | undefined;
  readonly approval: string;
  /** The same call with this key asks for nothing new, and tells what became of it. */
  readonly key: string;
}

const waits =
  /^(?<what>.*) It waits for a second person to approve it, until (?<until>\S+), as approval (?<approval>[0-9a-f]{48});.* idempotency_key "(?<key>.+)": that asks/s;
const isCarriedOut =
  /^(?<what>A second person approved this) \(approval (?<approval>[0-9a-f]{48})\).* idempotency_key "(?<key>.+)"\./s;

/** What the server says of a call that needs a second person; undefined when it says something else. */
export function waitingIn(said: string): Waiting | undefined {
  const { what, until, approval, key } = (waits.exec(said) ?? isCarriedOut.exec(said))?.groups ?? {};
  return what === undefined || approval === undefined || key === undefined
    ? undefined
    : { what, until, approval, key };
}

/** To the one who asked. */
export function WaitsForSomebody({
  waiting,
  format,
}: {
  readonly waiting: Waiting;
  readonly format: Format;
}) {
  const { what, until, approval } = waiting;
  return (
    <div role="status" class="asks">
      <p>
        {visible(what)}{' '}
        {until === undefined
          ? 'It is being carried out.'
          : `It waits for a second person to approve it, until ${format.time(until)}. Nothing was done yet.`}
      </p>
      <p class="quiet">
        Approval <code>{approval}</code>
      </p>
    </div>
  );
}
