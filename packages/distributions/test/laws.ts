import { readFileSync } from 'node:fs'
import { distributionLaws, type DistributionLawsOptions } from '@variate/testing'

/** Registers the laws for a distribution, against `oracles/<name>.json`. */
export function laws(
  name: string,
  make: DistributionLawsOptions['make'],
  options: Partial<DistributionLawsOptions> = {},
): void {
  const oracle: unknown = JSON.parse(readFileSync(new URL(`oracles/${name}.json`, import.meta.url), 'utf8'))
  distributionLaws(name, { make, oracle, ...options })
}
