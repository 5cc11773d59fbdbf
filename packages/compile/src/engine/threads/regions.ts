import {
  atomicExchange,
  atomicLoad,
  atomicStore,
  atomicSubtract,
  atomicWait,
  notifyAll,
} from '../../wasm/atomics.ts'
import { minus, plus } from '../../lower/routines/integers.ts'
import { when } from '../../lower/routines/when.ts'
import { repeatWhile } from '../../lower/routines/draws/repeatWhile.ts'
import {
  repeat,
  variable,
  whole,
  type Instruction,
  type Statement,
  type Variable,
} from '../../wasm/statement.ts'
import { I32, value, type Value } from '../../wasm/value.ts'
import { BOARD } from './board.ts'
import { helping } from './helping.ts'
import { isMore, isNot, partsIn } from './words.ts'

/** So often the caller looks whether parts are done before it waits. */
const LOOKS = 2000
/** How long it waits until it looks again, in milliseconds. */
const NAP = 1

type Define = (statements: readonly Statement[], parameters?: readonly Variable[]) => Instruction

/**
 * The regions of a program: parts of its work that threads do at the same time, in parts that are fixed by sizes, so that it
 * does not matter which thread does one, nor how many threads there are. Who calls the program takes parts as the others
 * do: those that have not come yet are not waited for.
 */
export class Regions {
  readonly #define: Define
  readonly #room: (bytes: number) => number
  /** The call of the function that does a part of a region, and its statements: a region more, one more. */
  readonly #work: Statement[] = []
  readonly #region = variable(I32)
  readonly #part = variable(I32)
  readonly #left = variable(I32)
  #count = 0
  #start: Instruction | undefined
  #take: Instruction | undefined
  #board: number | undefined

  constructor(define: Define, room: (bytes: number) => number) {
    this.#define = define
    this.#room = room
  }

  get count(): number {
    return this.#count
  }

  /** Where the board lies: lines of a cache have 64 bytes. */
  get board(): number {
    return (this.#board ??= Math.ceil(this.#room(BOARD.bytes + 64) / 64) * 64)
  }

  /** What does all parts of a region, of which a function does one, given its number. */
  add(parts: number, call: Instruction, part: Variable): readonly Statement[] {
    const region = this.#count++
    this.#start ??= this.#starting()
    const isIt = value(I32, [0x46], [this.#region.get, whole(region)])
    this.#work.push(...when(isIt, [{ variable: part, to: this.#part.get }, call]))
    return [
      { variable: this.#region, to: whole(region) },
      { variable: this.#left, to: whole(parts) },
      this.#start,
    ]
  }

  #at(place: number): Value {
    return whole(this.board + place)
  }

  /** Lets others begin a region, does what they do not, and waits until they have done what they began. */
  #starting(): Instruction {
    const [looks, left] = [variable(I32), variable(I32)]
    const [state, pending, isWaiting] = [
      this.#at(BOARD.state),
      this.#at(BOARD.pending),
      this.#at(BOARD.isWaiting),
    ]
    const slept = variable(I32)
    this.#take = this.#taking()
    return this.#define(
      [
        atomicStore(pending, this.#left.get),
        atomicStore(state, plus(value(I32, [0x74], [this.#region.get, whole(16)]), this.#left.get)),
        ...when(isNot(atomicLoad(this.#at(BOARD.sleepers)), 0), [notifyAll(state)]),
        this.#take,
        { variable: looks, to: whole(0) },
        repeatWhile((again) => [
          { variable: left, to: atomicLoad(pending) },
          { variable: again, to: isNot(left.get, 0) },
          { variable: looks, to: plus(looks.get, 1) },
          ...when(value(I32, [0x71], [again.get, isMore(looks.get, LOOKS)]), [
            ...when(isNot(atomicLoad(this.#at(BOARD.mayWait)), 0), [
              atomicStore(isWaiting, whole(1)),
              { variable: slept, to: atomicWait(pending, left.get, NAP) },
              atomicStore(isWaiting, whole(0)),
            ]),
          ]),
        ]),
        // It is told of as a trap, like one that was here.
        ...when(isNot(atomicLoad(this.#at(BOARD.hasFailed)), 0), [{ code: [0x00], args: [] }]),
      ],
      [this.#region, this.#left],
    )
  }

  /** Takes parts of the region that is under way, one after the other, as long as there are any. */
  #taking(): Instruction {
    const [seen, found, left] = [variable(I32), variable(I32), variable(I32)]
    const [region, part] = [this.#region, this.#part]
    const [state, pending] = [this.#at(BOARD.state), this.#at(BOARD.pending)]
    const work = this.#define(this.#work, [region, part])
    return this.#define([
      repeatWhile((again) => [
        { variable: seen, to: atomicLoad(state) },
        { variable: again, to: isNot(partsIn(seen.get), 0) },
        ...when(again.get, [
          { variable: found, to: atomicExchange(state, seen.get, minus(seen.get, 1)) },
          ...when(value(I32, [0x46], [found.get, seen.get]), [
            { variable: region, to: value(I32, [0x76], [seen.get, whole(16)]) },
            { variable: part, to: minus(partsIn(seen.get), 1) },
            work,
            { variable: left, to: atomicSubtract(pending, whole(1)) },
            ...when(value(I32, [0x46], [left.get, whole(1)]), [
              ...when(isNot(atomicLoad(this.#at(BOARD.isWaiting)), 0), [notifyAll(pending)]),
            ]),
          ]),
        ]),
      ]),
    ])
  }

  /** What a helper does, which of the threads it is being in a variable. */
  helping(thread: Variable): readonly Statement[] {
    return helping(this.board, this.#take!, thread)
  }
}

/** All parts of a region in turn, where there is one thread. */
export function inTurn(parts: number, call: Instruction, part: Variable): Statement {
  return repeat(part, 0, parts, 1, [call])
}
