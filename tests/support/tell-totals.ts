import { linesOf, totalsIn } from './test-totals.ts';

// Runs that went side by side, told once more when all of them have ended: node scripts/launch.cjs THIS FILE
const [file = ''] = process.argv.slice(2);
for (const line of linesOf(totalsIn(file))) {
  console.log(line);
}
