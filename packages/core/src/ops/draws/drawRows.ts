import type { Tensor } from '@tensorflow/tfjs-core'
import { fillCategorical } from '../../random/fillCategorical.ts'
import { fillMultinomial } from '../../random/fillMultinomial.ts'
import type { Key } from '../../random/key.ts'
import { constant, fill } from '../constant.ts'
import { newValues, runKernel, type Kernel, type TensorValues } from '../kernel.ts'
import { isTensor, type Real } from '../real.ts'
import { broadcastTo } from '../sum.ts'
import { checkKey, keyOf, type AnyKey } from './key.ts'

/** Draws from rows of `width` numbers, repeated in turn, and from what else is given. */
type FillRows = (key: Key, parameters: readonly TensorValues[], width: number, out: Int32Array) => void

function rowKernel(fillRows: FillRows): Kernel {
  return {
    compute: (inputs, attributes) => {
      const plain = attributes['key'] as Key | null
      const out = newValues(attributes['shape'] as readonly number[], 'int32')
      const parameters = plain ? inputs : inputs.slice(1)
      const width = parameters[0]!.shape.at(-1)!
      fillRows(
        plain ?? keyOf(inputs[0]!),
        parameters.map(({ data }) => data),
        width,
        out.data as Int32Array,
      )
      return out
    },
    gradient: (index, _, inputs) => fill(inputs[index]!.shape, 0),
  }
}

function drawRows(
  name: string,
  kernel: Kernel,
  key: AnyKey,
  shape: readonly number[],
  parameters: readonly Tensor[],
): Tensor {
  checkKey(key, name)
  const isPlain = !isTensor(key)
  const inputs = isPlain ? parameters : [key, ...parameters]
  return runKernel(`variate.${name}`, kernel, inputs, {
    key: isPlain ? key : null,
    shape: [...shape],
    dtype: 'int32',
  })
}

const categoricalKernel: Kernel = /* @__PURE__ */ rowKernel((key, [weights], width, out) =>
  fillCategorical(key, weights!, width, out),
)

/**
 * Draws categories 0 … K − 1, int32.
 *
 * @param shape the shape of the draws, which ends in the batch shape.
 * @param weights probabilities up to a factor, of shape [...batch, K].
 */
export function drawCategorical(key: AnyKey, shape: readonly number[], weights: Tensor): Tensor {
  return drawRows('drawCategorical', categoricalKernel, key, shape, [weights])
}

const multinomialKernel: Kernel = /* @__PURE__ */ rowKernel((key, [probs, total], width, out) =>
  fillMultinomial(key, total!, probs!, width, out),
)

/**
 * Draws how often each of K categories comes up in `total` trials, int32.
 *
 * @param shape the shape of the draws, which ends in [...batch, K].
 * @param total whole numbers ≥ 0, which broadcast to the batch.
 * @param probs probabilities up to a factor, of shape [..., K], which broadcast to [...batch, K].
 */
export function drawMultinomial(key: AnyKey, shape: readonly number[], total: Real, probs: Tensor): Tensor {
  const totals = constant(total)
  const rows = probs.rank === 1 ? probs : broadcastTo(probs, shape)
  const counts = totals.size === 1 ? totals : broadcastTo(totals, shape.slice(0, -1))
  return drawRows('drawMultinomial', multinomialKernel, key, shape, [rows, counts])
}
