import { timeText } from '../time.ts';

/** An entry as `read_trail` has it. */
export interface Entry {
  readonly at: string;
  readonly user: string;
  readonly actor?: string;
  readonly by: 'caller' | 'expert';
  readonly tool: string;
  readonly decision: 'allowed' | 'denied';
  readonly reason: string;
  readonly outcome: string;
  readonly duration_ms: number;
  readonly requests: number;
  readonly joins: string;
}

interface EntryLineProps {
  readonly entry: Entry;
  readonly onUser: (user: string) => void;
}

/** One moment of the time line. */
export function EntryLine({ entry, onUser }: EntryLineProps) {
  const { at, user, actor, by, tool, decision, reason, outcome, duration_ms, requests } = entry;
  const isWell = decision === 'allowed' && outcome === 'ok';
  return (
    <li {...(!isWell && { class: 'trouble' })}>
      <time dateTime={at}>{timeText(at)}</time> <strong>{tool || 'a request'}</strong>{' '}
      <span>{decision === 'denied' ? 'denied' : outcome}</span>
      {requests > 1 && ` (${requests} times)`}
      <p class="quiet">
        {user === '' ? (
          'somebody who was not verified'
        ) : (
          <button type="button" class="link" onClick={() => onUser(user)}>
            {user}
          </button>
        )}
        {actor !== undefined && actor !== 'person' && `, by ${actor.replaceAll('_', ' ')}`}
        {by === 'expert' && ', chosen by an expert'}, {duration_ms} ms, {reason}
      </p>
    </li>
  );
}
