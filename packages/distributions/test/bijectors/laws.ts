import { readFileSync } from 'node:fs'
import { bijectorLaws, type BijectorLawsOptions } from '@variate/testing'
import type { Bijector } from '../../src/bijectors/bijector.ts'

type Nested = BijectorLawsOptions['x'][number]

interface OracleCase {
  readonly bijector: string
  readonly args: readonly unknown[]
  readonly x: readonly Nested[]
  readonly y: readonly Nested[]
  readonly forwardLogDet: readonly number[]
  readonly sensitivity: { readonly y: readonly Nested[]; readonly forwardLogDet: readonly number[] }
}

const oracles: readonly OracleCase[] = JSON.parse(
  readFileSync(new URL('../oracles/bijectors.json', import.meta.url), 'utf8'),
) as readonly OracleCase[]

/** Registers the laws for a bijector, against each case of `oracles/bijectors.json`, one length of events at a time. */
export function oracleLaws(
  name: string,
  make: (...args: never[]) => Bijector,
  options: Partial<BijectorLawsOptions> = {},
): void {
  for (const item of oracles.filter(({ bijector }) => bijector === name)) {
    const shapes = item.x.map((event) => String(shapeOf(event)))
    for (const shape of new Set(shapes)) {
      const at = [...shapes.keys()].filter((i) => shapes[i] === shape)
      const take = <Value>(values: readonly Value[]): Value[] => at.map((i) => values[i]!)
      const text = JSON.stringify(item.args)
      bijectorLaws(`${name}(${text.slice(1, -1)})${shape === '' ? '' : ` of length ${shape}`}`, {
        make: () => make(...(item.args as never[])),
        x: take(item.x),
        oracle: {
          y: take(item.y),
          forwardLogDet: take(item.forwardLogDet),
          sensitivity: {
            y: take(item.sensitivity.y),
            forwardLogDet: take(item.sensitivity.forwardLogDet),
          },
        },
        ...options,
      })
    }
  }
}

function shapeOf(x: Nested): readonly number[] {
  return typeof x === 'number' ? [] : [x.length, ...(x.length > 0 ? shapeOf(x[0]!) : [])]
}

/** The places of the elements of a matrix [n, n] on and below its diagonal, or only below. */
export function lowerTriangle(shape: readonly number[], withDiagonal = true): number[] {
  const n = shape[0]!
  return Array.from({ length: n * n }, (_, at) => at).filter((at) => {
    const [i, j] = [Math.floor(at / n), at % n]
    return withDiagonal ? j <= i : j < i
  })
}
