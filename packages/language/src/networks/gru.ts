import type { Tensor } from '@tensorflow/tfjs-core'
import { DomainError, foldIn, NdArray } from '@variate/core'
import { add, affine, fill, mul, reshape, slice, stack, sub } from '@variate/core/ops'
import { activationOf, type Activation } from './activations.ts'
import { glorotUniform, type Initializer } from './initializers.ts'
import type { Network } from './network.ts'
import { orthogonal } from './orthogonal.ts'
import { checkCount, checkShape, leadingOf } from './shapes.ts'

export interface GruOptions {
  /** Whether it gives the state after each step, [length, units], or after the last, [units], as it does if not told. */
  readonly sequence?: boolean
  /** Whether it goes from the last step to the first; states stay where their steps are. */
  readonly reverse?: boolean
  /** Of candidates; `tanh` if not given. */
  readonly activation?: Activation
  /** Of gates; `sigmoid` if not given. */
  readonly gate?: Activation
  /** Whether the reset gate is applied behind the recurrent weights (true, if not given), or to the state before them. */
  readonly resetAfter?: boolean
  /** What the weights of inputs begin with; Glorot's uniform numbers if not given. Those of the state begin orthogonal. */
  readonly init?: Initializer
}

/** Of reset gates, update gates and candidates, in this order one below the other. */
export type GruParams = {
  /** Of inputs, [3 · units, inputs], and what is added, [3 · units]. */
  readonly weights: NdArray<Float32Array>
  readonly bias: NdArray<Float32Array>
  /** Of the state before, [3 · units, units], and what is added, [3 · units]. */
  readonly recurrent: NdArray<Float32Array>
  readonly recurrentBias: NdArray<Float32Array>
}

/**
 * A gated recurrent unit over a sequence, from a state of 0. With the convention of PyTorch, cuDNN and Flax:
 *
 * ```text
 * r  = σ(W_r x + b_r + U_r h + c_r)
 * z  = σ(W_z x + b_z + U_z h + c_z)
 * n  = tanh(W_n x + b_n + r ∘ (U_n h + c_n))         with resetAfter: false  tanh(W_n x + b_n + U_n (r ∘ h) + c_n)
 * h′ = (1 − z) ∘ n + z ∘ h
 * ```
 *
 * @param input sequences [length, inputs].
 * @param units numbers of the state.
 * @throws DomainError for what is no shape of two axes or no number of units.
 * @see Cho et al., Learning Phrase Representations using RNN Encoder–Decoder (EMNLP 2014).
 *
 * @example
 * ```ts
 * import { key } from '@variate/core'
 * import { gru } from '@variate/language'
 *
 * gru([20, 3], 16).output // => [16]
 * const layer = gru([20, 3], 16, { sequence: true })
 * layer.output // => [20, 16]
 * layer.init(key(0)).recurrent.shape // => [48, 16]
 * ```
 */
export function gru(input: readonly number[], units: number, options: GruOptions = {}): Network<GruParams> {
  const { sequence = false, reverse = false, resetAfter = true, init = glorotUniform } = options
  checkShape('gru', input)
  if (input.length !== 2)
    throw new DomainError(`gru: sequences must be of shape [length, inputs], got [${input}]`)
  checkCount('gru', 'units', units)
  const [length, inputs] = input as readonly [number, number]
  const [candidate, gate] = [
    activationOf(options.activation ?? 'tanh', 'gru'),
    activationOf(options.gate ?? 'sigmoid', 'gru'),
  ]
  const three = (make: (at: number) => NdArray): NdArray<Float32Array> => {
    const parts = [0, 1, 2].map(make)
    return new NdArray(Float32Array.from(parts.flatMap(({ data }) => [...data])), [
      3 * units,
      ...parts[0]!.shape.slice(1),
    ])
  }
  const zeros = (): NdArray<Float32Array> => new NdArray(new Float32Array(3 * units), [3 * units])
  return {
    input,
    output: sequence ? [length, units] : [units],
    init: (key) => ({
      weights: three((at) => init(foldIn(key, at), units, inputs)),
      bias: zeros(),
      recurrent: three((at) => orthogonal(foldIn(key, 3 + at), units, units)),
      recurrentBias: zeros(),
    }),
    apply: ({ weights, bias, recurrent, recurrentBias }, x) => {
      const leading = leadingOf('gru', x, input)
      const ofInputs = affine(weights, x, bias)
      const ofState = (h: Tensor, first: number, count: number): Tensor => {
        const rows = [first * units, count * units] as const
        return affine(part(recurrent, 0, ...rows), h, part(recurrentBias, 0, ...rows))
      }
      const own = (of: Tensor, i: number): Tensor => part(of, -1, i * units, units)
      const step = (h: Tensor, at: number): Tensor => {
        const now = reshape(part(ofInputs, -2, at, 1), [...leading, 3 * units])
        const before = ofState(h, 0, resetAfter ? 3 : 2)
        const r = gate(add(own(now, 0), own(before, 0)))
        const z = gate(add(own(now, 1), own(before, 1)))
        const kept = resetAfter ? mul(r, own(before, 2)) : ofState(mul(r, h), 2, 1)
        const n = candidate(add(own(now, 2), kept))
        return add(mul(sub(1, z), n), mul(z, h))
      }
      const steps = Array.from({ length }, (_, i) => i)
      const states: Tensor[] = []
      let h = fill([...leading, units], 0)
      for (const at of reverse ? steps.toReversed() : steps) {
        h = step(h, at)
        states.push(h)
      }
      return sequence ? stack(reverse ? states.toReversed() : states, leading.length) : h
    },
  }
}

/** Some of the entries along an axis, which counts from the end if it is negative. */
function part(x: Tensor, axis: number, from: number, count: number): Tensor {
  const at = axis < 0 ? x.rank + axis : axis
  return slice(
    x,
    x.shape.map((_, i) => (i === at ? from : 0)),
    x.shape.map((size, i) => (i === at ? count : size)),
  )
}
