import type { Tensor } from '@tensorflow/tfjs-core'
import { batch, compile, hessianVectorProduct, valueAndGrad } from '@variate/compile'
import { key as keyOf, NdArray } from '@variate/core'
import { leavesOf, sizeOf, type TensorTree, withLeaves } from '@variate/core/internal'
import { concat, keyTensor, neg, reshape, slice } from '@variate/core/ops'
import { logWeight, type ObjectiveParameters } from '@variate/estimators'
import type { ParamArrays, SiteTensors } from '@variate/families'
import type { ClimbParams } from '../bbvi/climbState.ts'
import { problemOf, structureOf, type Setting } from '../bbvi/problemOf.ts'
import type { Differentiable } from '../optimizers/lineSearch.ts'

/** How many columns of the Hessian are computed at once. */
const COLUMNS = 64

/** −log p(data, z) − log |det ∂z/∂place| as a function of one vector: the parameters of the model, and the places of the latents. */
export interface LogDensity {
  /** How many of its numbers are places; they come last. */
  readonly places: number
  /** Its value and gradient. */
  readonly f: Differentiable
  /** Its second derivatives by the places, [places, places]. */
  hessian(x: Float64Array): Float64Array
  vectorOf(params: ClimbParams): Float64Array
  paramsOf(x: Float64Array): ClimbParams
}

/**
 * @param setting with a single point for q, whose density is that of the places.
 * @param like parameters of the structure that it has.
 */
export function logDensity(setting: Setting, like: ClimbParams): LogDensity {
  const { values: data, present } = setting.model
  const structure = structureOf(setting, new Map())
  const cost = (own: ObjectiveParameters, data: SiteTensors, present: SiteTensors): Tensor => {
    const problem = problemOf(setting, structure, { data, present, rows: {} })
    return neg(logWeight(problem, own, problem.draw(own, keyTensor(keyOf(0)))))
  }
  const slopes = compile(
    (own: TensorTree, data: SiteTensors, present: SiteTensors) => {
      const { value, grads } = valueAndGrad((...leaves: readonly Tensor[]) =>
        cost(withLeaves(own, leaves) as never, data, present),
      )(...leavesOf(own))
      return { value, grads }
    },
    { precision: 'float64' },
  ) as unknown as (...args: readonly unknown[]) => {
    readonly value: NdArray
    readonly grads: readonly NdArray[]
  }
  const places = arraysOf(like.guide).reduce((total, { data }) => total + data.length, 0)
  const columns = compile(
    (own: ObjectiveParameters, directions: Tensor, data: SiteTensors, present: SiteTensors) => {
      const vector = joined(own.guide as TensorTree)
      const product = hessianVectorProduct((x: Tensor) =>
        cost({ model: own.model, guide: parted(x, own.guide as TensorTree) as never }, data, present),
      )
      return batch((direction: Tensor) => product([vector], [direction])[0])(directions)
    },
    { precision: 'float64' },
  ) as unknown as (...args: readonly unknown[]) => NdArray
  const paramsOf = (x: Float64Array): ClimbParams => rebuilt(like as never, x) as unknown as ClimbParams
  return {
    places,
    f: (x) => {
      const { value, grads } = slopes(paramsOf(x), data, present)
      return { value: value.data[0]!, gradient: flat(grads) }
    },
    hessian: (x) => {
      const all = new Float64Array(places * places)
      const params = paramsOf(x)
      const rows = Math.min(COLUMNS, places)
      for (let from = 0; from < places; from += rows) {
        const directions = new Float64Array(rows * places)
        for (let row = 0; row < rows && from + row < places; row++) directions[row * places + from + row] = 1
        const found = columns(params, new NdArray(directions, [rows, places]), data, present).data
        all.set((found as Float64Array).subarray(0, Math.min(rows, places - from) * places), from * places)
      }
      return all
    },
    vectorOf: (params) => flat([...arraysOf(params.model), ...arraysOf(params.guide)]),
    paramsOf,
  }
}

type ArrayTree = ParamArrays | ParamArrays[string]

/** The arrays of a tree, in the order of its names. */
function arraysOf(tree: ArrayTree): readonly NdArray[] {
  return tree instanceof NdArray
    ? [tree]
    : Object.values(tree as ParamArrays).flatMap((item) => arraysOf(item))
}

function flat(arrays: readonly NdArray[]): Float64Array {
  return Float64Array.from(arrays.flatMap(({ data }) => [...data]))
}

/** A tree of the structure of another, of the numbers of a vector. */
function rebuilt(like: ArrayTree, x: Float64Array): ArrayTree {
  let from = 0
  const next = (at: ArrayTree): ArrayTree => {
    if (at instanceof NdArray) {
      from += at.data.length
      return new NdArray(x.slice(from - at.data.length, from), at.shape)
    }
    if (Array.isArray(at)) return at.map(next) as never
    return Object.fromEntries(
      Object.entries(at as ParamArrays).map(([name, item]) => [name, next(item)]),
    ) as never
  }
  return next(like)
}

function joined(tree: TensorTree): Tensor {
  const [first, ...others] = leavesOf(tree).map((x) => reshape(x, [x.size]))
  return others.length === 0 ? first! : concat([first!, ...others], 0)
}

function parted(vector: Tensor, like: TensorTree): TensorTree {
  let from = 0
  const leaves = leavesOf(like).map(({ shape }) => {
    const size = sizeOf(shape)
    from += size
    return reshape(slice(vector, [from - size], [size]), shape)
  })
  return withLeaves(like, leaves)
}
