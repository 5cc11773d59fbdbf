import type { Tensor } from '@tensorflow/tfjs-core'
import { batch, compile, valueAndGrad } from '@variate/compile'
import { NdArray } from '@variate/core'
import {
  add,
  div,
  exp,
  expandDims,
  maximum,
  mul,
  softmax,
  stopGradient,
  sub,
  sum,
  log,
} from '@variate/core/ops'
import { totalOf, type ObjectiveParameters } from '@variate/estimators'
import { allOf, type Params } from '../../src/bbvi/measurer.ts'
import { problemOf, structureOf, type Setting } from '../../src/bbvi/problemOf.ts'
import { leavesOf, withLeaves, type TensorTree } from '../../src/optimizers/tensorTree.ts'
import type { Objective } from './estimators.ts'
import type { TableModel } from './models.ts'

const STEP = 0.3
const POINTS = Array.from({ length: 35 }, (_, at) => (at - 17) * STEP)

/**
 * The gradient of what an estimator climbs, without draws: the trapezoid rule in continuous latents, whose error falls faster than
 * any power of the step for smooth densities, and enumeration of the others. By the names of parameters.
 */
export function exactGradient(
  setting: Setting,
  params: Params,
  { continuous, discrete }: TableModel,
  objective: Objective,
): ReadonlyMap<string, Float64Array> {
  const rows = [...continuous.map(() => POINTS), ...discrete.map(() => [0, 1])].reduce<readonly number[][]>(
    (all, values) => all.flatMap((row) => values.map((value) => [...row, value])),
    [[]],
  )
  const atoms = Object.fromEntries(
    [...continuous, ...discrete].map((name, at) => {
      const column = rows.map((row) => row[at]!)
      return [
        name,
        new NdArray(at < continuous.length ? Float64Array.from(column) : Int32Array.from(column), [
          column.length,
        ]),
      ]
    }),
  )
  const volume = STEP ** continuous.length
  const structure = structureOf(setting, new Map())
  const { values: data, present } = setting.model
  const run = compile(
    (own: ObjectiveParameters, given: never, values: Readonly<Record<string, Tensor>>) => {
      const tree = own as unknown as TensorTree
      const { grads } = valueAndGrad((...leaves: readonly Tensor[]) => {
        const at = withLeaves(tree, leaves) as unknown as ObjectiveParameters
        const problem = problemOf(setting, structure, given)
        const { p, q } = batch((one: Readonly<Record<string, Tensor>>) => ({
          p: totalOf(problem.terms, problem.logP(at, one)),
          q: totalOf(problem.factors, problem.logQ(at, one)),
        }))(values) as { readonly p: Tensor; readonly q: Tensor }
        return surrogateOf(objective, p, q, volume)
      })(...leavesOf(tree))
      return withLeaves(tree, grads) as never
    },
    { precision: 'float64' },
  )
  const gradients = run(
    params as never,
    { data, present, rows: {} } as never,
    atoms as never,
  ) as unknown as Params
  return new Map(allOf(gradients).map(([name, { data: own }]) => [name, Float64Array.from(own)]))
}

/** What is climbed, of log p and log q at all atoms; where it is no bound, what has its gradient. */
function surrogateOf(objective: Objective, p: Tensor, q: Tensor, volume: number): Tensor {
  const [logWeights, mass] = [sub(p, q), mul(volume, exp(q))]
  if (objective === 'elbo') return sum(mul(mass, logWeights))
  if (objective === 'wake') return sum(mul(stopGradient(softmax(p)), q))
  if (objective === 'thermodynamic') {
    const half = softmax(mul(0.5, add(p, q)))
    return mul(0.5, add(sum(mul(mass, logWeights)), sum(mul(half, logWeights))))
  }
  const power = objective === 'renyi' ? 0.5 : 1
  const pairs = pairwise(mul(power, logWeights))
  return div(sum(mul(mul(expandDims(mass, 0), expandDims(mass, 1)), pairs)), power)
}

/** log of the mean of e to the power of each pair. */
function pairwise(x: Tensor): Tensor {
  const [a, b] = [expandDims(x, 0), expandDims(x, 1)]
  const top = stopGradient(maximum(a, b))
  return sub(add(top, log(add(exp(sub(a, top)), exp(sub(b, top))))), Math.log(2))
}
