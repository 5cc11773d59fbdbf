import { readdirSync, readFileSync } from 'node:fs'
import type { Tensor } from '@tensorflow/tfjs-core'
import { generatedLaws, type DistributionLawsOptions, type Domain } from '@variate/testing'
import { vi } from 'vitest'
import { biject, constraints, type Constraint } from '../src/index.ts'
import * as distributions from '../src/index.ts'
import type * as ParametersModule from '../src/parameters.ts'
import { combinations } from './combinations.ts'

type Parameters = typeof ParametersModule
type Make = DistributionLawsOptions['make']

/** What the last factories declared of their parameters. */
const declared = vi.hoisted((): { name: string; value: unknown; constraint: unknown }[] => [])

vi.mock('../src/parameters.ts', async (original) => {
  const module = await original<Parameters>()
  const toParameters: Parameters['toParameters'] = (who, given, check) => {
    for (const [name, [value, constraint]] of Object.entries<readonly [unknown, unknown]>(given)) {
      declared.push({ name, value, constraint })
    }
    return module.toParameters(who, given, check)
  }
  return { ...module, toParameters }
})

/** The domain that the factory declares for the argument that it was given. */
const domainOf =
  (make: Make, structural: readonly number[] = [], undeclared?: Constraint) =>
  (leaf: Leaf, args: readonly unknown[]): Domain | undefined => {
    if (structural.includes(leaf.argument)) return undefined
    declared.length = 0
    make(...(args as never[]))
    const found = declared.find(
      ({ name, value }) => name === leaf.name || textOf(value) === textOf(leaf.value),
    )
    const constraint = (found?.constraint as Constraint | undefined) ?? undeclared
    if (!constraint) throw new Error(`no domain is declared for ${leaf.name} of ${JSON.stringify(args)}`)
    return {
      eventRank: constraint.eventRank,
      isDiscrete: constraint.isDiscrete,
      violation: (event, shape) => constraint.violation(event, shape),
      from: (numbers, shape) => onto(constraint, numbers, shape),
    }
  }

type Leaf = { readonly name: string; readonly value: unknown; readonly argument: number }

/** Nested arrays are kept as plain data. */
function textOf(value: unknown): string {
  const { data } = value as { readonly data?: ArrayLike<number> }
  return String(data ? Array.from(data) : value)
}

function onto(constraint: Constraint, numbers: readonly number[], shape: readonly number[]) {
  try {
    const map = biject(constraint)
    const free = map.inverseShape(shape)
    const size = free.reduce((product, length) => product * length, 1)
    const z = { data: Float64Array.from(numbers.slice(0, size)), shape: free }
    return (map.forward(z as never) as Tensor).arraySync() as number[]
  } catch {
    return undefined
  }
}

/** How many steps there are, or axes: the arguments that are none of a domain. */
const structural: Readonly<Record<string, readonly number[]>> = {
  autoregressive: [2],
  gaussianRandomWalk: [1],
  lkjCholesky: [0],
}

const folder = new URL('oracles/', import.meta.url)

for (const file of readdirSync(folder)) {
  const name = file.replace('.json', '')
  const make = (distributions as unknown as Record<string, Make | undefined>)[name]
  const oracle: unknown = JSON.parse(readFileSync(new URL(file, folder), 'utf8'))
  const isCircular = name === 'vonMises'
  if (make && !Array.isArray(oracle)) {
    generatedLaws(name, { make, oracle, isCircular, domainOf: domainOf(make, structural[name]) })
  }
}

for (const [name, combination] of Object.entries(combinations)) {
  generatedLaws(name, {
    ...combination,
    domainOf: domainOf(combination.make, combination.structural, constraints.real),
  })
}
