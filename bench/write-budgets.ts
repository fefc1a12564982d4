import { runCommand } from '../scripts/command-line/run-command.ts';

const usage = `Sets every budget of bench/budgets.json that no longer fits to what is measured now. The difference is for the review.

  npm run budgets`;

await runCommand({ usage, options: {} }, async () => {
  const { setBudgets } = await import('./set-budgets.ts');
  await setBudgets();
});
