import type { EvalCase } from '../case.ts';
import type { Companies, CompanyData } from '../companies.ts';
import { injectionCases, pleaCases, proposalCases } from './abuse.ts';
import { followUpCases } from './follow-ups.ts';
import { limitCases } from './limits.ts';
import { scenarioCases } from './scenarios.ts';

/** Every case of the evaluation. */
export function allCases(companies: Companies<CompanyData>): EvalCase[] {
  return [
    ...scenarioCases('contoso', companies.contoso),
    ...followUpCases,
    ...limitCases(companies),
    ...injectionCases,
    ...pleaCases,
    ...proposalCases,
  ];
}
