import '@tensorflow/tfjs-backend-cpu'
import { DomainError, NumericalError } from '@variate/core'
import { mul } from '@variate/core/ops'
import { describe, expect, test } from 'vitest'
import { call, type AnyDistribution, type Argument, type Factory, type Given } from './distribution.ts'
import type { DistributionLawsOptions } from './distributionLaws.ts'
import { show } from './evaluate.ts'
import { spoiled, type Fault } from './faults/fault.ts'
import { parameterSets, type Domain } from './generated/domain.ts'
import { checkProperties } from './generated/properties.ts'
import { parseOracle, type Case, type Leaf } from './oracle/parseOracle.ts'
import { changed, scaledGradient } from './spoil.ts'
import { Comparisons, LawBroken, type Tally } from './tally.ts'

export type { Domain } from './generated/domain.ts'

export interface GeneratedLawsOptions extends DistributionLawsOptions {
  /** Where a parameter of the arguments may lie; undefined where it stays as the oracle has it. */
  readonly domainOf: (leaf: Leaf, args: readonly Argument[]) => Domain | undefined
}

/**
 * Registers a test of what is true of every distribution, at parameters that are made of their declared domains rather
 * than by hand: no oracle is asked, but for one case with typical parameters.
 */
export function generatedLaws(
  name: string,
  { make, oracle, domainOf, ...options }: GeneratedLawsOptions,
): void {
  const item = parseOracle(oracle)[0]!
  const sets = (): ReturnType<typeof parameterSets> =>
    parameterSets(
      item,
      item.leaves.map((leaf) => domainOf(leaf, item.args)),
    )

  describe(`${name}`, () => {
    test('parameters across their domain keep the laws of probability', ({ task }) => {
      const tally = check(name, make, sets(), options)
      expect(tally.comparisons, 'numbers compared').toBeGreaterThan(0)
      ;(task.meta as { tally?: Tally }).tally = tally
    }, 60_000)

    const distribution = call(make, item.args)
    for (const fault of FAULTS) {
      // What has atoms has a density between them only.
      if (fault.applies?.(distribution, [item]) === false || (options.hasAtoms && fault.ofDensity)) continue
      test(`${fault.name} is noticed at generated parameters`, () => {
        expect(() => check(name, spoiled(make, fault), [item.args], options)).toThrow(LawBroken)
      })
    }
  })
}

const isValueSloped = (cases: readonly Case[]): boolean =>
  cases.some(({ gradient }) => gradient?.value?.some((row) => row.some((x) => x !== null && x !== 0)))
type Options = Pick<GeneratedLawsOptions, 'hasAtoms' | 'isCircular' | 'roundingOf'>

const isUnivariate = ({ eventShape }: AnyDistribution): boolean => eventShape.length === 0

const FAULTS: readonly (Omit<Fault, 'laws'> & { readonly ofDensity?: true })[] = [
  {
    name: 'a log density that is 1 % too large',
    ofDensity: true,
    spoil: (d) => changed(d, ['logProb'], (x) => mul(x, 1.01)),
    applies: (d) => isUnivariate(d) && d.cdf !== undefined && (d.support.isDiscrete || d.icdf !== undefined),
  },
  {
    name: 'a gradient that is 2 % too large',
    ofDensity: true,
    spoil: (d) => changed(d, ['logProb'], (x) => scaledGradient(x, 1.02)),
    applies: (d, cases) => isUnivariate(d) && !d.support.isDiscrete && isValueSloped(cases),
  },
  {
    name: 'a sampler of other values',
    spoil: (d) => changed(d, ['sample'], (x) => mul(x, NaN)),
    applies: ({ sample }) => sample !== undefined,
  },
]

function check(
  name: string,
  make: Factory,
  sets: readonly (readonly Argument<Given>[])[],
  options: Options,
): Tally {
  const tally = new Comparisons(name, 'properties at generated parameters')
  for (const args of sets) {
    try {
      const { hasAtoms = false, isCircular = false, roundingOf } = options
      // The angle of a value to a large location is rounded as that is.
      const largest = isCircular ? Math.abs(args[0] as number) : 0
      const rounding = roundingOf?.(args as readonly number[]) ?? 0
      checkProperties(tally, show(args as never), call(make, args), { hasAtoms, largest, rounding })
    } catch (error) {
      // What the parameters must be to each other, such as low < high; and what float32 cannot hold, which is refused.
      if (!(error instanceof DomainError || error instanceof NumericalError)) throw error
      tally.omit()
    }
  }
  return tally.close()
}
