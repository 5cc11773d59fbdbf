import { NdArray, UnsupportedError } from '@variate/core'
import { gru } from '../gru.ts'
import { layerActivation } from './layerActivation.ts'
import { transposed } from './transposed.ts'
import { ofNetwork, zeros, type LayerSource, type Translation } from './translation.ts'

/**
 * A GRU, whose gates are in the order update, reset, candidate, and whose reset gate is applied before the recurrent weights.
 *
 * @throws UnsupportedError for what ours has not, with the fix.
 */
export function recurrent({ who, config, weights, inputs, output }: LayerSource): Translation {
  const refuse = (is: unknown, why: string): void => {
    if (is) throw new UnsupportedError(`${who}: ${why}`)
  }
  const { returnSequences, goBackwards } = config
  refuse(
    config['stateful'],
    'it keeps its state from one batch to the next, so that examples depend on each other: set stateful: false',
  )
  refuse(inputs.length > 1 || config['returnState'], 'it takes or gives states: set returnState: false')
  refuse(
    config['dropout'] || config['recurrentDropout'],
    'it has dropout within: put a dropout layer before it',
  )
  refuse(returnSequences && goBackwards, 'it gives its states backwards: set goBackwards: false')
  const [kernel, ofState, bias] = weights as [
    NdArray<Float32Array>,
    NdArray<Float32Array>,
    NdArray<Float32Array>?,
  ]
  const units = output.at(-1)!
  const options = {
    resetAfter: config['resetAfter'] === true,
    sequence: returnSequences === true,
    reverse: goBackwards === true,
    activation: layerActivation(config['activation'], who),
    gate: layerActivation(config['recurrentActivation'], who),
  }
  return ofNetwork(
    gru(inputs[0]!, units, options),
    {
      weights: reordered(transposed(kernel), units),
      recurrent: reordered(transposed(ofState), units),
      ...(bias ? { bias: reordered(bias, units) } : {}),
    },
    { recurrentBias: zeros(3 * units), ...(bias ? {} : { bias: zeros(3 * units) }) },
  )
}

/** Rows of update gates, reset gates and candidates, with reset gates first. */
function reordered({ data, shape }: NdArray<Float32Array>, units: number): NdArray<Float32Array> {
  const length = (units * data.length) / (3 * units)
  const part = (at: number): Float32Array => data.subarray(at * length, (at + 1) * length)
  return new NdArray(Float32Array.from([...part(1), ...part(0), ...part(2)]), shape)
}
