import '@tensorflow/tfjs-backend-cpu'
import { describe, expect, test } from 'vitest'
import { call, type Factory } from './distribution.ts'
import { FAULTS } from './faults.ts'
import { spoiled } from './faults/fault.ts'
import { isTriedOn } from './faults/isTriedOn.ts'
import { LAWS } from './laws.ts'
import { stackable } from './laws/stacked.ts'
import { parseOracle, type Case } from './oracle/parseOracle.ts'
import { STATISTICS_EACH } from './statistics/budget.ts'
import type { Subject } from './subject.ts'
import { LawBroken, type Tally } from './tally.ts'

export interface DistributionLawsOptions {
  /** The factory, or a function that calls it with the arguments of the oracle. */
  readonly make: Factory
  /** The parsed JSON of its oracle. */
  readonly oracle: unknown
  /** Positions of arguments that say how many or how long: they stay plain numbers in all tests. */
  readonly structural?: readonly number[]
  /** Whether values are angles, whose mean is a direction and whose variance is 1 − E cos of the angle to it. */
  readonly isCircular?: boolean
  /** Whether only the log density and its derivatives are compared. */
  readonly densityOnly?: boolean
  /** Whether some values of a density have a probability, as the ends of what is censored do. */
  readonly hasAtoms?: boolean
  /** What its cumulative probabilities are rounded by at arguments that are numbers, where differences lose digits. */
  readonly roundingOf?: (args: readonly number[]) => number
}

/** The numbers that each law of samplers draws for a distribution, roughly. */
const DRAWS = process.env['CONFORMANCE'] === 'full' ? 200_000 : 100_000
/** Faults are tried on so many cases with fewer draws: the typical ones, which come first, of each parameterization. */
const FAULTY_CASES = 3
const FAULTY_DRAWS = 40_000
const TIMEOUT = 60_000

/**
 * Registers a test for each law that a distribution must obey, and one for each fault that, built into the
 * distribution, a law must notice: some of them, or all with CONFORMANCE=full.
 */
export function distributionLaws(
  name: string,
  {
    make,
    oracle,
    structural = [],
    isCircular = false,
    hasAtoms = false,
    densityOnly = false,
  }: DistributionLawsOptions,
): void {
  const cases = parseOracle(oracle)
  const subject: Subject = {
    name,
    make,
    cases,
    structural: new Set(structural),
    isCircular,
    hasAtoms,
    draws: DRAWS,
  }
  const distribution = call(make, cases[0]!.args)
  const own = cases[0]!.leaves.flatMap(({ argument }, i) => (subject.structural.has(argument) ? [] : [i]))
  const laws = LAWS.filter(
    ({ applies, isOfDensity = false }) => (isOfDensity || !densityOnly) && applies(cases, distribution, own),
  )
  let statistics = 0

  describe(`${name}`, () => {
    for (const { sentence, check, isStatistical } of laws) {
      test(
        `${sentence}`,
        ({ task }) => {
          const tally = check(subject)
          expect(tally.comparisons, 'numbers compared').toBeGreaterThan(0)
          if (isStatistical) statistics += tally.comparisons
          expect(statistics, 'statistics within the budget').toBeLessThanOrEqual(STATISTICS_EACH)
          ;(task.meta as { tally?: Tally }).tally = tally
        },
        TIMEOUT,
      )
    }
    const first = { ...subject, cases: typical(cases), draws: FAULTY_DRAWS }
    const alike = stackable(subject).toSorted((a, b) => b.length - a.length)[0]!
    const untried: string[] = []
    let tried = 0
    for (const fault of FAULTS) {
      const isConcerned = laws.some(({ check }) => fault.laws.includes(check))
      if (!isConcerned || fault.applies?.(distribution, cases) === false) continue
      const checks = fault.laws.filter((check) =>
        laws.some((law) => law.check === check && law.applies(first.cases, distribution, own)),
      )
      if (checks.length === 0 || (fault.ofBatch && alike.length < 2)) {
        untried.push(fault.name)
        continue
      }
      tried++
      if (!isTriedOn(name, fault)) continue
      test(
        `${fault.name} is noticed`,
        () => {
          const faulty = {
            ...(fault.ofBatch ? { ...first, cases: alike } : first),
            make: spoiled(make, fault),
          }
          expect(checks.some((check) => complains(() => check(faulty)))).toBe(true)
        },
        TIMEOUT,
      )
    }
    // Cases of which no two are of one shape make no batch to spoil.
    const but = untried.length > 0 ? `, but for: ${untried.join('; ')}` : ''
    test(`faults are tried${but}`, () => {
      expect(tried, 'faults tried').toBeGreaterThan(untried.length)
    })
  })
}

function typical(cases: readonly Case[]): readonly Case[] {
  const sorted = cases.toSorted(byVariety)
  const names = sorted.map(({ leaves }) => leaves.map(({ name }) => name).join())
  const firsts = sorted.filter((_, i) => names.indexOf(names[i]!) === i)
  return [...new Set([...firsts, ...sorted])].slice(0, FAULTY_CASES)
}

/** Cases of which all values are alike say little: the others first, in their order. */
function byVariety(a: Case, b: Case): number {
  const isConstant = ({ logProb }: Case): number => +(new Set(logProb).size === 1)
  return isConstant(a) - isConstant(b)
}

function complains(run: () => unknown): boolean {
  try {
    run()
    return false
  } catch (error) {
    if (error instanceof LawBroken) return true
    throw error
  }
}
