import type { NdArray } from '@variate/core'

/** For each example the logarithm of the mean of weights, which come in parts, by their logarithms. */
export class LogMeans {
  readonly #highest: Float64Array
  /** Relative to the highest of each example. */
  readonly #sums: Float64Array
  #count = 0

  constructor(examples: number) {
    this.#highest = new Float64Array(examples).fill(-Infinity)
    this.#sums = new Float64Array(examples)
  }

  /** @param logs [draws, examples] */
  add({ data, shape }: NdArray): void {
    const [highest, sums, examples] = [this.#highest, this.#sums, shape[1]!]
    this.#count += shape[0]!
    for (let at = 0; at < data.length; at++) {
      const [i, log] = [at % examples, data[at]!]
      if (log === -Infinity) continue
      if (log > highest[i]!) {
        sums[i] = sums[i]! * Math.exp(highest[i]! - log) + 1
        highest[i] = log
      } else sums[i]! += Math.exp(log - highest[i]!)
    }
  }

  values(): Float64Array {
    return this.#highest.map((own, i) => own + Math.log(this.#sums[i]!) - Math.log(this.#count))
  }
}
