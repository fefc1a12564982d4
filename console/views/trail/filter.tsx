import { useEffect, useState } from 'preact/hooks';

/** As `read_trail` takes it. */
export interface Wanted {
  readonly user?: string;
  readonly tool?: string;
  readonly outcome?: string;
  /** ISO 8601 in UTC. */
  readonly since?: string;
  readonly until?: string;
}

interface FilterProps {
  readonly wanted: Wanted;
  readonly onWant: (wanted: Wanted) => void;
}

const fields = { user: 'User', tool: 'Tool', since: 'Since', until: 'Until' } as const;
type Field = keyof typeof fields | 'outcome';
const outcomes = { '': 'any', ok: 'ok', denied: 'denied', failed: 'failed', unfinished: 'unfinished' };

/** Which entries are wanted; empty fields want all. */
export function Filter({ wanted, onWant }: FilterProps) {
  const [typed, setTyped] = useState<Partial<Record<Field, string>>>({});
  // a user that was chosen from an entry
  useEffect(() => setTyped((before) => ({ ...before, user: wanted.user ?? '' })), [wanted.user]);
  const type = (field: Field, value: string) => setTyped((before) => ({ ...before, [field]: value }));
  const submit = (event: Event) => {
    event.preventDefault();
    const given = Object.entries(typed).filter(([, value]) => value !== '');
    onWant(Object.fromEntries(given.map(([field, value]) => [field, asAsked(field as Field, value)])));
  };
  return (
    <form class="filter" onSubmit={submit}>
      {(Object.entries(fields) as [keyof typeof fields, string][]).map(([field, name]) => (
        <label key={field}>
          {name}{' '}
          <input
            {...(isTime(field) ? { type: 'datetime-local' as const } : { type: 'text' as const })}
            value={typed[field] ?? ''}
            onInput={({ currentTarget }) => type(field, currentTarget.value)}
          />
        </label>
      ))}
      <label>
        Outcome{' '}
        <select
          value={typed.outcome ?? ''}
          onChange={({ currentTarget }) => type('outcome', currentTarget.value)}
        >
          {Object.entries(outcomes).map(([value, name]) => (
            <option key={value} value={value}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <button type="submit" class="first">
        Show
      </button>
    </form>
  );
}

const isTime = (field: Field) => field === 'since' || field === 'until';

/** A time is typed as it is where its reader is. */
const asAsked = (field: Field, typed: string) =>
  isTime(field) ? new Date(typed).toISOString() : typed.trim();
