import type { Lanes } from '../../wasm/lanes.ts'
import { variable, type Loop, type Statement, type Variable } from '../../wasm/statement.ts'
import { I32, type Value } from '../../wasm/value.ts'
import { combine, ofNone, type Reduction } from '../combine.ts'
import { least, plus } from '../routines/integers.ts'
import { numberIn } from '../routines/memory.ts'
import type { Target } from '../target.ts'
import type { Root } from './root.ts'

/** Independent sums of vectors: the processor adds to them at once. */
const SUMS = 4
/** So many elements are summed up before they are added to the total, so that rounding errors do not grow with the length. */
const BLOCK = 1024

/** What a reduction comes to in the innermost loops: one number for what goes one by one, and vectors. */
export class Total {
  readonly one: Variable
  readonly vectors: readonly Variable[]
  readonly #reduction: Reduction
  readonly #root: Root
  readonly #target: Target

  /** @param sums how many vectors are used. */
  constructor(root: Root, target: Target, sums: number) {
    this.#root = root
    this.#reduction = root.reduction!
    this.#target = target
    this.one = variable(root.node.dtype === 'float32' ? target.lanes.type : I32)
    this.vectors = Array.from({ length: sums }, () => variable(target.vectors.type))
  }

  begin(): readonly Statement[] {
    return [
      { variable: this.one, to: this.#none(this.#target.lanes) },
      ...this.vectors.map((variable) => ({ variable, to: this.#none(this.#target.vectors) })),
    ]
  }

  /** Adds an element, or a vector of them to the vector of this turn. */
  add(l: Lanes, turn: number, x: Value): Statement {
    const total = l.isVector ? this.vectors[turn]! : this.one
    return { variable: total, to: this.#combined(l, total.get, x) }
  }

  /** All lanes of all vectors in pairs, and what was added one by one. */
  result(): Value {
    const { lanes: l, vectors: v } = this.#target
    if (this.vectors.length === 0) return this.one.get
    const lanes = this.#pairs(
      v,
      this.vectors.map(({ get }) => get),
    )
    const lane = (_: unknown, k: number): Value => numberIn(v, l, lanes, k)
    return this.#combined(l, this.one.get, this.#pairs(l, Array.from({ length: v.count }, lane)))
  }

  /**
   * Vectors that take the place of these for a while: what begins them, and what adds them to the totals, sums with what
   * rounding left of the last one (Kahan 1965, “Further remarks on reducing truncation errors”).
   */
  partly(): readonly [
    first: readonly Statement[],
    begin: readonly Statement[],
    end: readonly Statement[],
    last: readonly Statement[],
  ] {
    const v = this.#target.vectors
    const [first, end, last]: [Statement[], Statement[], Statement[]] = [[], [], []]
    for (const part of this.vectors) {
      const [total, lost, next] = [variable(v.type), variable(v.type), variable(v.type)]
      first.push({ variable: total, to: part.get }, { variable: lost, to: v.constant(0) })
      last.push({ variable: part, to: total.get })
      if (this.#reduction === 'max') {
        end.push({ variable: total, to: v.max(total.get, part.get) })
        continue
      }
      const added = v.sub(part.get, lost.get)
      end.push(
        { variable: next, to: v.add(total.get, added) },
        // Of infinities the difference would be NaN.
        { variable: lost, to: finite(v, v.sub(v.sub(next.get, total.get), added)) },
        { variable: total, to: next.get },
      )
    }
    return [first, this.vectors.map((variable) => ({ variable, to: this.#none(v) })), end, last]
  }

  #none(l: Lanes): Value {
    return ofNone(l, this.#reduction, this.#root.node.dtype)
  }

  #combined(l: Lanes, a: Value, b: Value): Value {
    return combine(l, this.#reduction, this.#root.node.dtype, a, b)
  }

  #pairs(l: Lanes, items: readonly Value[]): Value {
    if (items.length === 1) return items[0]!
    const half = items.length >>> 1
    return this.#combined(l, this.#pairs(l, items.slice(0, half)), this.#pairs(l, items.slice(half)))
  }
}

/** How many vectors each of `reductions` uses, where there are `length` elements: few need several to keep busy. */
export function sumsFor(reductions: number, length: number, count: number): number {
  if (reductions === 0 || reductions > SUMS) return 1
  return length >= SUMS * count ? SUMS : 1
}

/**
 * A loop over vectors; a long one that sums up in blocks.
 *
 * @param length how many elements there are; many if not given.
 */
export function summing(
  loop: Loop,
  totals: readonly Total[],
  length: number = Infinity,
): readonly Statement[] {
  if (length <= BLOCK || totals.length === 0) return [loop]
  const [block, end] = [variable(I32), variable(I32)]
  const until = least(plus(block.get, BLOCK), end.get)
  const parts = totals.map((total) => total.partly())
  return [
    ...parts.flatMap(([first]) => first),
    { variable: end, to: loop.to },
    {
      index: block,
      from: loop.from,
      to: end.get,
      step: BLOCK,
      mayBeEmpty: loop.mayBeEmpty,
      body: [
        ...parts.flatMap(([, begin]) => begin),
        { ...loop, from: block.get, to: until, mayBeEmpty: false },
        ...parts.flatMap(([, , finish]) => finish),
      ],
    },
    ...parts.flatMap(([, , , last]) => last),
  ]
}

/** 0 for what is NaN. */
function finite(l: Lanes, x: Value): Value {
  return l.select(l.eq(x, x), x, l.constant(0))
}
