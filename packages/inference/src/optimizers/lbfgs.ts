import type { Tensor } from '@tensorflow/tfjs-core'
import { DomainError } from '@variate/core'
import { leavesOf, shown, type TensorTree, withLeaves } from '@variate/core/internal'
import {
  add,
  and,
  concat,
  div,
  fill,
  greater,
  maximum,
  mul,
  neg,
  reshape,
  slice,
  sqrt,
  square,
  sub,
  sum,
  where,
} from '@variate/core/ops'
import { checkRate, rateAt, type Optimizer, type Rate } from './optimizer.ts'

export interface LbfgsOptions {
  /** How many of the last steps tell of the curvature; 10, if not given. */
  readonly memory?: number
  /** The length of steps in units of the quasi-Newton step; 1, if not given. */
  readonly rate?: Rate
}

/** The place and the gradient of the step before, and the last pairs of steps and changes of the gradient, oldest first. */
export interface LbfgsState {
  readonly [name: string]: Tensor
  /** How many steps there have been. */
  readonly count: Tensor
  /** [n], all parameters in one vector. */
  readonly place: Tensor
  readonly gradient: Tensor
  /** [memory, n] */
  readonly steps: Tensor
  readonly changes: Tensor
  /** [memory]: one over the product of each pair, 0 where there is none yet. */
  readonly reciprocals: Tensor
}

/** Below this cosine between a step and the change of the gradient in it they tell nothing of the curvature, whatever its unit. */
const FLATTEST = 1e-10

/**
 * L-BFGS: steps of the gradient times an inverse Hessian that the last steps tell of. It takes the full step and looks along no
 * line: where the function may rise, as far from a minimum, use `minimize`, or a rate below 1.
 *
 * @throws DomainError for a memory that is no whole number ≥ 1, and a rate that is not > 0.
 * @see Nocedal and Wright, Numerical Optimization (2006), algorithm 7.4.
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import { constant } from '@variate/core/ops'
 * import { lbfgs } from '@variate/inference'
 *
 * const optimizer = lbfgs({ memory: 5 })
 * const params = [constant([3, 4])] as const
 * const { updates } = optimizer.update([constant([30, 40])], optimizer.init(params), params)
 * updates[0].arraySync() // => [-0.6, -0.8]
 * ```
 */
export function lbfgs({ memory = 10, rate = 1 }: LbfgsOptions = {}): Optimizer<LbfgsState> {
  checkRate('lbfgs', rate)
  if (!(Number.isInteger(memory) && memory >= 1))
    throw new DomainError(`lbfgs: memory must be a whole number ≥ 1, got ${shown(memory)}`)
  return {
    init: (params) => {
      const n = leavesOf(params).reduce((total, { size }) => total + size, 0)
      const [none, rows] = [fill([n], 0), fill([memory, n], 0)]
      return {
        count: fill([], 0, 'int32'),
        place: none,
        gradient: none,
        steps: rows,
        changes: rows,
        reciprocals: fill([memory], 0),
      }
    },
    update: (grads, state, params) => {
      const place = joined(leavesOf(params))
      const gradient = joined(leavesOf(grads, params, 'lbfgs: grads'))
      const pairs = withPair(state, sub(place, state.place), sub(gradient, state.gradient))
      const direction = downhill(gradient, pairs, memory)
      return {
        updates: parted(mul(rateAt(rate, state.count), direction), params),
        state: { count: add(state.count, 1), place, gradient, ...pairs },
      }
    },
  }
}

type Pairs = Pick<LbfgsState, 'steps' | 'changes' | 'reciprocals'>

/** The pairs with one more, if there was a step, and the function curves upwards along it. */
function withPair({ count, steps, changes, reciprocals }: LbfgsState, step: Tensor, change: Tensor): Pairs {
  const product = dot(step, change)
  const isKept = and(greater(count, 0), greater(product, mul(FLATTEST, mul(length(step), length(change)))))
  const next = (rows: Tensor, row: Tensor): Tensor => {
    const rest = slice(rows, [1, 0], [rows.shape[0]! - 1, rows.shape[1]!])
    return where(isKept, concat([rest, reshape(row, [1, row.size])], 0), rows)
  }
  const column = (x: Tensor): Tensor => reshape(x, [x.size, 1])
  const reciprocal = div(1, where(isKept, product, 1))
  return {
    steps: next(steps, step),
    changes: next(changes, change),
    reciprocals: reshape(next(column(reciprocals), column(reciprocal)), [reciprocals.size]),
  }
}

/** −H g by the two loops of algorithm 7.4; pairs that are not there yet have reciprocals of 0, and change nothing. */
function downhill(gradient: Tensor, { steps, changes, reciprocals }: Pairs, memory: number): Tensor {
  const row = (rows: Tensor, i: number): Tensor =>
    reshape(slice(rows, [i, 0], [1, gradient.size]), [gradient.size])
  const reciprocal = (i: number): Tensor => reshape(slice(reciprocals, [i], [1]), [])
  let direction = neg(gradient)
  const shares: Tensor[] = []
  for (let i = memory - 1; i >= 0; i--) {
    shares[i] = mul(reciprocal(i), dot(row(steps, i), direction))
    direction = sub(direction, mul(shares[i]!, row(changes, i)))
  }
  const last = row(changes, memory - 1)
  const isAny = greater(reciprocal(memory - 1), 0)
  const curvature = where(isAny, mul(reciprocal(memory - 1), dot(last, last)), maximum(1, length(gradient)))
  direction = div(direction, curvature)
  for (let i = 0; i < memory; i++) {
    const own = sub(shares[i]!, mul(reciprocal(i), dot(row(changes, i), direction)))
    direction = add(direction, mul(own, row(steps, i)))
  }
  return direction
}

function dot(a: Tensor, b: Tensor): Tensor {
  return sum(mul(a, b))
}

function length(x: Tensor): Tensor {
  return sqrt(sum(square(x)))
}

function joined(leaves: readonly Tensor[]): Tensor {
  return concat(
    leaves.map((x) => reshape(x, [x.size])),
    0,
  )
}

function parted<Params extends TensorTree>(vector: Tensor, like: Params): Params {
  let from = 0
  const leaves = leavesOf(like).map(({ shape, size }) => {
    from += size
    return reshape(slice(vector, [from - size], [size]), shape)
  })
  return withLeaves(like, leaves)
}
