/** Files that import each other in a circle, each the next one, the last one the first. */
export type Cycle = readonly string[];

/** One circle of every group of files that can reach each other (strongly connected components, R. Tarjan, 1972). */
export function cyclesOf(
  arrows: readonly { readonly from: string; readonly to: string }[],
): readonly Cycle[] {
  const next = new Map<string, string[]>();
  for (const { from, to } of arrows) {
    next.set(from, [...(next.get(from) ?? []), to]);
  }
  return components(next)
    .filter((group) => group.length > 1)
    .map((group) => circleIn(new Set(group), next));
}

function components(next: ReadonlyMap<string, readonly string[]>): string[][] {
  const found = new Map<string, { index: number; low: number; open: boolean }>();
  const open: string[] = [];
  const groups: string[][] = [];
  const visit = (file: string) => {
    const state = { index: found.size, low: found.size, open: true };
    found.set(file, state);
    open.push(file);
    for (const to of next.get(file) ?? []) {
      const known = found.get(to) ?? visit(to);
      if (known.open) {
        state.low = Math.min(state.low, known.low);
      }
    }
    if (state.low === state.index) {
      const group = open.splice(open.indexOf(file));
      for (const member of group) {
        (found.get(member) ?? state).open = false;
      }
      groups.push(group);
    }
    return state;
  };
  for (const file of next.keys()) {
    if (!found.has(file)) {
      visit(file);
    }
  }
  return groups;
}

/** Walks within the group until a file comes again. */
function circleIn(group: ReadonlySet<string>, next: ReadonlyMap<string, readonly string[]>): Cycle {
  const walked: string[] = [];
  let file = [...group].sort()[0];
  while (file !== undefined && !walked.includes(file)) {
    walked.push(file);
    file = next.get(file)?.find((to) => group.has(to));
  }
  return file === undefined ? walked : walked.slice(walked.indexOf(file));
}
