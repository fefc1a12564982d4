/** Imports the modules that are named, one after the other, and tells the parent how long each took, in milliseconds. */
const node = performance.now();
const steps: [name: string, milliseconds: number][] = [['Node itself', node]];
for (const name of process.argv.slice(2)) {
  const start = performance.now();
  await import(name);
  steps.push([name, performance.now() - start]);
}
process.send?.(steps, () => process.exit(0));
