import { readdirSync, readFileSync } from 'node:fs'
import * as distributions from '@variate/distributions'
import { parseOracle, type Case, type Factory } from '@variate/testing'

/** A distribution, made as the laws of `@variate/distributions` make it, and the cases of its oracle. */
export interface Subject {
  readonly name: string
  /** The name of the factory that is exported. */
  readonly of: string
  readonly make: Factory
  readonly cases: readonly Case[]
}

interface Combination {
  readonly of: string
  readonly make: Factory
  readonly oracle: unknown
}

const tests = new URL('../../../distributions/test/', import.meta.url)
const oracles = new URL('oracles/', tests)

/** Oracles that are of a factory of another name. */
const FURTHER: Readonly<Record<string, string>> = {
  extremesOfLogNormal: 'logNormal',
  extremesOfWeibull: 'weibull',
}

const factories = distributions as unknown as Readonly<Record<string, Factory | undefined>>

/** What has an oracle of its factory's name. */
function named(): readonly Subject[] {
  return readdirSync(oracles).flatMap((file) => {
    const name = file.replace('.json', '')
    const of = FURTHER[name] ?? name
    const make = factories[of]
    const oracle: unknown = JSON.parse(readFileSync(new URL(file, oracles), 'utf8'))
    return make && !Array.isArray(oracle) ? [{ name, of, make, cases: parseOracle(oracle) }] : []
  })
}

/** What is made of other distributions, by the table that the laws read. */
async function combined(): Promise<readonly Subject[]> {
  const module: unknown = await import(new URL('combinations.ts', tests).href)
  const { combinations } = module as { readonly combinations: Readonly<Record<string, Combination>> }
  return Object.entries(combinations).map(([name, { of, make, oracle }]) => ({
    name,
    of,
    make,
    cases: parseOracle(oracle),
  }))
}

/** Every distribution that there is an oracle of. */
export const subjects: readonly Subject[] = [...named(), ...(await combined())]
