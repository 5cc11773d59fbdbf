import * as tf from '@tensorflow/tfjs-core'
import type { Tensor } from '@tensorflow/tfjs-core'
import { call, type AnyDistribution, type Argument, type Factory, type Given } from '../distribution.ts'
import type { Case } from '../oracle/parseOracle.ts'
import type { Subject } from '../subject.ts'
import type { Tally } from '../tally.ts'

export type Check = (subject: Subject) => Tally

export type Change = (x: Tensor, index: number) => Tensor
export type Remade = (change: Change) => AnyDistribution

/** A mistake that a distribution could contain, and the laws of which one must notice it. */
export interface Fault {
  readonly name: string
  readonly laws: readonly Check[]
  /** @param remade the same distribution with its tensors changed, by their number. */
  readonly spoil: (distribution: AnyDistribution, remade: Remade) => Partial<AnyDistribution>
  /** Whether it needs a batch of unlike elements. */
  readonly ofBatch?: true
  /** Whether the mistake is one for this distribution: what is discrete cannot be scaled. */
  readonly applies?: (distribution: AnyDistribution, cases: readonly Case[]) => boolean
}

/** The factory with the fault built in. */
export function spoiled(make: Factory, { spoil }: Pick<Fault, 'spoil'>): Factory {
  return (...args: readonly Argument<Given>[]) => {
    const distribution = call(make, args)
    const remade: Remade = (change) => {
      let index = 0
      const next = <Value>(x: Value): Value =>
        x instanceof tf.Tensor ? (change(x, index++) as Value & Tensor) : x
      return call(
        make,
        args.map((x) =>
          isAlternatives(x)
            ? Object.fromEntries(Object.entries(x).map(([name, y]) => [name, next(y)]))
            : next(x),
        ),
      )
    }
    return { ...distribution, ...spoil(distribution, remade) }
  }
}

function isAlternatives(x: Argument<Given>): x is Readonly<Record<string, Given>> {
  return typeof x === 'object' && Object.getPrototypeOf(x) === Object.prototype
}
