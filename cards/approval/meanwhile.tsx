import { useEffect, useState } from 'preact/hooks';
import { ask } from '../host/answer.ts';
import type { MeanwhileProps } from '../shell/mount.tsx';
import { Waiting } from '../shell/states.tsx';
import { WaitsForSomebody } from '../shell/waits.tsx';
import { whileSeen } from '../shell/while-seen.ts';

interface Requested {
  readonly approval_id: string;
  readonly tool: string;
  readonly arguments: Readonly<Record<string, unknown>>;
  readonly what: string;
  readonly expires_at: string;
}

const everyMs = 5_000;
/** Most calls are answered by then, and nothing has to be looked for. */
const firstMs = 1_000;
/** Of the call, and not of what is asked for. */
const ofTheCall = ['idempotency_key', 'confirmation_code'];

/**
 * Until there is an answer. A client that takes tasks has none to show until somebody decided, maybe for days: what its
 * user's call waits for is found by its arguments.
 */
export function Meanwhile({ host, tool, input, format }: MeanwhileProps<object>) {
  const [found, setFound] = useState<Requested>();
  useEffect(() => {
    let end = () => {};
    const look = async () => {
      const answer = await ask<{ readonly requests: readonly Requested[] }>(host, 'list_requests', {});
      if (answer.kind === 'data') {
        setFound(answer.data.requests.findLast((one) => one.tool === tool && isFor(one, input)));
      }
    };
    const first = setTimeout(() => {
      end = whileSeen(everyMs, look);
    }, firstMs);
    return () => {
      clearTimeout(first);
      end();
    };
  }, [host, tool, input]);
  return found === undefined ? (
    <Waiting />
  ) : (
    <>
      <WaitsForSomebody
        waiting={{ what: found.what, until: found.expires_at, approval: found.approval_id, key: '' }}
        format={format}
      />
      <p class="quiet">
        Whoever may decide finds it by this id. It says here what becomes of it, and for as long as it waits
        it is among what you asked for.
      </p>
    </>
  );
}

function isFor({ arguments: asked }: Requested, input: object): boolean {
  return Object.entries(input).every(
    ([name, value]) => ofTheCall.includes(name) || value === null || asked[name] === value,
  );
}
