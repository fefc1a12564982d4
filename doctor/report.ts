import { groups } from './checks/check.ts';
import type { Judged } from './checks/index.ts';
import { type Status, statuses } from './finding.ts';

const marks: Readonly<Record<Status, string>> = { pass: 'pass', warn: 'WARN', fail: 'FAIL', skipped: '-   ' };

/** The checklist for a person: what is good in one line, what is not with what to do. */
export function reportLines(items: readonly Judged[]): string[] {
  const lines = groups.flatMap((group) => [
    group,
    ...items.filter((item) => item.group === group).flatMap(itemLines),
    '',
  ]);
  return [...lines, summary(items)];
}

function itemLines({ status, title, id, reason, remedy }: Judged): string[] {
  return [
    `  ${marks[status]}  ${title} (${id})`,
    `        ${reason}`,
    ...(remedy === undefined ? [] : [`        → ${remedy}`]),
  ];
}

function summary(items: readonly Judged[]): string {
  return statuses
    .map((status) => `${items.filter((item) => item.status === status).length} ${status}`)
    .join(', ');
}
