import { readFileSync } from 'node:fs'
import { distributionLaws, type DistributionLawsOptions } from '@variate/testing'
import { combinations, type Combination } from './combinations.ts'

/** Registers the laws for a distribution, against `oracles/<name>.json`. */
export function laws(
  name: string,
  make: DistributionLawsOptions['make'],
  options: Partial<DistributionLawsOptions> = {},
): void {
  const oracle: unknown = JSON.parse(readFileSync(new URL(`oracles/${name}.json`, import.meta.url), 'utf8'))
  distributionLaws(name, { make, oracle, ...options })
}

/** Registers the laws for every combination that stands for a factory. */
export function lawsOfCombinations(of: Combination['of']): void {
  for (const [name, combination] of Object.entries(combinations)) {
    if (combination.of === of) distributionLaws(name, combination)
  }
}
