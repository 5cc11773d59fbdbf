import { EXPONENTIAL_TAIL, NORMAL_TAIL } from '@variate/core/internal'
import { exp } from '../../../wasm/maths/exp.ts'
import { log } from '../../../wasm/maths/log.ts'
import type { Words } from '../../../wasm/random/threefry.ts'
import { variable, whole, type Statement, type Variable } from '../../../wasm/statement.ts'
import { F64, I32, type Value } from '../../../wasm/value.ts'
import { plus } from '../integers.ts'
import { one as l } from '../linalg/wide.ts'
import { when } from '../when.ts'
import { repeatWhile } from './repeatWhile.ts'
import { signOf, spareOfNormal, spareOfUniform, uniformOf, unsignedNumber } from './words.ts'
import { entry, layerOf, type ZigguratAt, type ZigguratsAt } from './zigguratAt.ts'

/**
 * Statements that draw as core's stream of an element does: word by word the same. What they draw is in variables that
 * they are given.
 */
export class ElementStream {
  readonly #words = [variable(I32), variable(I32)] as const
  readonly #lane = variable(I32)
  readonly #spare = variable(I32)
  readonly #read: (lane: Value, words: readonly [Variable, Variable]) => readonly Statement[]
  readonly #at: ZigguratsAt

  /** @param read puts the words of a lane of the element into variables. */
  constructor(
    read: (lane: Value, words: readonly [Variable, Variable]) => readonly Statement[],
    at: ZigguratsAt,
  ) {
    this.#read = read
    this.#at = at
  }

  /** Goes to a lane, the one that is read next. */
  seek(lane: number): Statement {
    return { variable: this.#lane, to: whole(lane) }
  }

  uniform(into: Variable): readonly Statement[] {
    return [...this.#next(), { variable: into, to: uniformOf(this.#current) }]
  }

  /** A uniform number to be accepted or not. */
  candidate(into: Variable): readonly Statement[] {
    return [...this.uniform(into), { variable: this.#spare, to: spareOfUniform(this.#current) }]
  }

  /** The uniform number that decides whether to accept the candidate or the normal drawn last. */
  acceptance(into: Variable): readonly Statement[] {
    const sum = l.add(unsignedNumber(this.#spare.get), uniformOf(this.#current))
    return [...this.#next(), { variable: into, to: l.mul(sum, l.constant(2 ** -12)) }]
  }

  normal(into: Variable): readonly Statement[] {
    const rest = variable(F64)
    const sign = variable(F64)
    const besides: readonly Statement[] = [
      { variable: sign, to: signOf(this.#current[0]) },
      { variable: this.#spare, to: spareOfNormal(this.#current[0]) },
    ]
    const density = (size: Value): Value => exp(l, l.mul(l.mul(l.neg(size), size), l.constant(0.5)))
    return [
      this.#ziggurat(this.#at.normal, rest, besides, density, this.#tail(rest)),
      { variable: into, to: l.mul(sign.get, rest.get) },
    ]
  }

  exponential(into: Variable): readonly Statement[] {
    const u = variable(F64)
    const tail: readonly Statement[] = [
      ...this.uniform(u),
      { variable: into, to: l.sub(l.constant(EXPONENTIAL_TAIL), log(l, u.get)) },
    ]
    return [this.#ziggurat(this.#at.exponential, into, [], (size) => exp(l, l.neg(size)), tail)]
  }

  get #current(): Words {
    return [this.#words[0].get, this.#words[1].get]
  }

  #next(): readonly Statement[] {
    return [...this.#read(this.#lane.get, this.#words), { variable: this.#lane, to: plus(this.#lane.get, 1) }]
  }

  /** @param tail draws beyond the last layer. */
  #ziggurat(
    at: ZigguratAt,
    into: Variable,
    besides: readonly Statement[],
    density: (x: Value) => Value,
    tail: readonly Statement[],
  ): Statement {
    const index = variable(I32)
    const u = variable(F64)
    const [low, high] = [entry(at.heights, index.get), entry(at.heights + 8, index.get)]
    const height = l.add(low, l.mul(u.get, l.sub(high, low)))
    return repeatWhile((again) => {
      const layer = layerOf(at, this.#current)
      return [
        ...this.#next(),
        { variable: index, to: layer.index },
        ...besides,
        { variable: into, to: layer.size },
        { variable: again, to: l.not(layer.isInside) },
        ...when(l.both(again.get, l.not(index.get)), [...tail, { variable: again, to: whole(0) }]),
        ...when(again.get, [
          ...this.uniform(u),
          { variable: again, to: l.not(l.lt(height, density(into.get))) },
        ]),
      ]
    })
  }

  /** A normal beyond the last layer (Marsaglia 1964). */
  #tail(into: Variable): readonly Statement[] {
    const [u, v, excess] = [variable(F64), variable(F64), variable(F64)]
    return [
      repeatWhile((again) => [
        ...this.uniform(u),
        { variable: excess, to: l.div(l.neg(log(l, u.get)), l.constant(NORMAL_TAIL)) },
        ...this.uniform(v),
        {
          variable: again,
          to: l.not(l.gt(l.mul(l.constant(-2), log(l, v.get)), l.mul(excess.get, excess.get))),
        },
      ]),
      { variable: into, to: l.add(l.constant(NORMAL_TAIL), excess.get) },
    ]
  }
}
