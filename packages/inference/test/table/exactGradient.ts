import type { Tensor } from '@tensorflow/tfjs-core'
import { batch, compile, valueAndGrad } from '@variate/compile'
import { key, NdArray } from '@variate/core'
import { leavesOf, withLeaves, type TensorTree } from '@variate/core/internal'
import { add, keyTensor, mul, sum } from '@variate/core/ops'
import { logWeight, totalOf, type ObjectiveParameters, type Problem } from '@variate/estimators'
import type { SiteTensors } from '@variate/families'
import { allOf, type Params } from '../../src/bbvi/measurer.ts'
import { problemOf, structureOf, type Setting } from '../../src/bbvi/problemOf.ts'
import type { Atoms } from './atoms.ts'
import { coefficientsOf } from './coefficients.ts'
import type { Objective } from './estimators.ts'

/** By the names of parameters. */
export type Gradient = ReadonlyMap<string, Float64Array>

/** How many atoms are computed at once. */
const AT_ONCE = 2 ** 14

/**
 * The gradients of what estimators climb, without draws: log p and log q at all atoms, then the sum of their gradients there, as much
 * of each as the objective depends on it.
 */
export function exactGradients(
  setting: Setting,
  params: Params,
  atoms: Atoms,
): (objective: Objective) => Gradient {
  const problem = problemFor(setting)
  const logsAt = (own: ObjectiveParameters, given: never, values: SiteTensors): Logs => {
    const at = problem(given)
    return batch((one: SiteTensors) => ({
      p: totalOf(at.terms, at.logP(own, one)),
      q: totalOf(at.factors, at.logQ(own, one)),
    }))(values) as unknown as Logs
  }
  const logs = compile(logsAt as never, { precision: 'float64' }) as unknown as Run<Logs<NdArray>>
  const slopes = compile(
    ((own: TensorTree, given: never, values: SiteTensors, by: Logs) =>
      slopesOf(own, (at) => {
        const { p, q } = logsAt(at, given, values)
        return sum(add(mul(by.p, p), mul(by.q, q)))
      })) as never,
    { precision: 'float64' },
  ) as unknown as Run<Params>
  const seen = seenIn(setting)
  const [p, q] = [new Float64Array(atoms.count), new Float64Array(atoms.count)]
  for (const { from, values } of partsOf(atoms)) {
    const own = logs(params, seen, values)
    const count = Math.min(AT_ONCE, atoms.count - from)
    p.set((own.p.data as Float64Array).subarray(0, count), from)
    q.set((own.q.data as Float64Array).subarray(0, count), from)
  }
  return (objective) => {
    const by = coefficientsOf(objective, p, q, atoms.volume)
    const total = new Map<string, Float64Array>()
    for (const { from, values } of partsOf(atoms)) {
      const own = { p: padded(by.p, from), q: padded(by.q, from) }
      if (!own.p.data.some((x) => x !== 0) && !own.q.data.some((x) => x !== 0)) continue
      for (const [name, { data }] of allOf(slopes(params, seen, values, own))) {
        const sums = total.get(name) ?? new Float64Array(data.length)
        total.set(
          name,
          sums.map((x, i) => x + data[i]!),
        )
      }
    }
    return total
  }
}

/** The gradient of log p(data, z) at a single point z, which is every draw, and so is every objective there. */
export function pointGradient(setting: Setting, params: Params): Gradient {
  const problem = problemFor(setting)
  const slopes = compile(
    ((own: TensorTree, given: never) =>
      slopesOf(own, (at) => {
        const { draw, ...more } = problem(given)
        return logWeight({ ...more, draw }, at, draw(at, keyTensor(key(0))))
      })) as never,
    { precision: 'float64' },
  ) as unknown as Run<Params>
  return new Map(
    allOf(slopes(params, seenIn(setting))).map(([name, { data }]) => [name, Float64Array.from(data)]),
  )
}

interface Logs<Array = Tensor> {
  readonly p: Array
  readonly q: Array
}

type Run<Result> = (...args: readonly unknown[]) => Result

function problemFor(setting: Setting): (given: never) => Problem {
  const structure = structureOf(setting, new Map())
  return (given) => problemOf(setting, structure, given)
}

function seenIn({ model: { values, present } }: Setting): object {
  return { data: values, present, rows: {} }
}

function slopesOf(tree: TensorTree, f: (at: ObjectiveParameters) => Tensor): TensorTree {
  const { grads } = valueAndGrad((...leaves: readonly Tensor[]) =>
    f(withLeaves(tree, leaves) as unknown as ObjectiveParameters),
  )(...leavesOf(tree))
  return withLeaves(tree, grads)
}

/** Atoms so many at once, the last ones filled up by the first of them. */
function partsOf({ values, count }: Atoms): readonly { readonly from: number; readonly values: object }[] {
  if (count <= AT_ONCE) return [{ from: 0, values }]
  return Array.from({ length: Math.ceil(count / AT_ONCE) }, (_, part) => {
    const from = part * AT_ONCE
    const own = Object.entries(values).map(([name, { data, shape }]) => {
      const rows = data.slice(from, from + AT_ONCE)
      const all = new (data.constructor as Float64ArrayConstructor)(AT_ONCE).fill(rows[0]!)
      all.set(rows as Float64Array)
      return [name, new NdArray(all, [AT_ONCE, ...shape.slice(1)])]
    })
    return { from, values: Object.fromEntries(own) as object }
  })
}

function padded(x: Float64Array, from: number): NdArray<Float64Array> {
  if (x.length <= AT_ONCE) return new NdArray(x, [x.length])
  const all = new Float64Array(AT_ONCE)
  all.set(x.subarray(from, from + AT_ONCE))
  return new NdArray(all, [AT_ONCE])
}
