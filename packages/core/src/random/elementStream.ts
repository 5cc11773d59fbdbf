import type { Key } from './key.ts'
import { threefry2x32 } from './threefry2x32.ts'
import { EXPONENTIAL, EXPONENTIAL_TAIL, NORMAL, NORMAL_TAIL, type Ziggurat } from './ziggurat.ts'

/**
 * An endless stream of random words for each element: the words numbered `lane` of element i are those of the
 * counter (lane, i), so that what is drawn for i, with however many attempts, depends on nothing but i.
 */
export class ElementStream {
  /** The two words of the lane read last. */
  readonly words: Uint32Array = new Uint32Array(2)
  private spare = 0
  private readonly key: Key
  private element = 0
  private lane = 0

  constructor(key: Key) {
    this.key = key
  }

  /** Goes to a lane of an element: the one that is read next. */
  seek(element: number, lane = 0): void {
    this.element = element
    this.lane = lane
  }

  /** Reads the next lane into `words`. */
  next(): void {
    threefry2x32(this.key[0], this.key[1], this.lane++, this.element, this.words)
  }

  /** A uniform number in (0, 1), never an end; one lane. */
  uniform(): number {
    this.next()
    return uniformOf(this.words[0]!, this.words[1]!)
  }

  /** A uniform number like `uniform`, to be accepted or not: see `acceptance`. */
  candidate(): number {
    this.next()
    this.spare = spareOfUniform(this.words[1]!)
    return uniformOf(this.words[0]!, this.words[1]!)
  }

  /**
   * The uniform number in (0, 1) that decides whether to accept the candidate or the normal drawn last: its first
   * 12 bits are those that they left over, so that loops over blocks can tell from one lane what is surely accepted.
   */
  acceptance(): number {
    return (this.spare + this.uniform()) * 2 ** -12
  }

  /** A standard normal by the ziggurat, one lane if it takes no second look, as 98.8 % do not. */
  normal(): number {
    for (;;) {
      this.next()
      const word = this.words[0]!
      const layer = word & 0xff
      const x = fractionOf(word, this.words[1]!) * NORMAL.radii[layer]!
      this.spare = spareOfNormal(word)
      const sign = signOf(word)
      if (x < NORMAL.radii[layer + 1]!) return sign * x
      if (layer === 0) return sign * this.tail()
      if (this.height(NORMAL, layer) < Math.exp((-x * x) / 2)) return sign * x
    }
  }

  /** An exponential of rate 1 by the ziggurat, one lane if it takes no second look, as 98.9 % do not. */
  exponential(): number {
    for (;;) {
      this.next()
      const layer = this.words[0]! & 0xff
      const x = fractionOf(this.words[0]!, this.words[1]!) * EXPONENTIAL.radii[layer]!
      if (x < EXPONENTIAL.radii[layer + 1]!) return x
      if (layer === 0) return EXPONENTIAL_TAIL - Math.log(this.uniform())
      if (this.height(EXPONENTIAL, layer) < Math.exp(-x)) return x
    }
  }

  /** A height within a layer. */
  private height({ heights }: Ziggurat, layer: number): number {
    return heights[layer]! + this.uniform() * (heights[layer + 1]! - heights[layer]!)
  }

  /** A normal beyond the last layer (Marsaglia 1964). */
  private tail(): number {
    for (;;) {
      const excess = -Math.log(this.uniform()) / NORMAL_TAIL
      if (-2 * Math.log(this.uniform()) > excess * excess) return NORMAL_TAIL + excess
    }
  }
}

/** A uniform number in (0, 1), never an end, of 52 bits: all of the first word and the upper 20 of the second. */
export function uniformOf(word0: number, word1: number): number {
  return (word0 * 2 ** 20 + (word1 >>> 12) + 0.5) * 2 ** -52
}

/** The 12 bits that `uniformOf` leaves over. */
export function spareOfUniform(word1: number): number {
  return word1 & 0xfff
}

/** The place in its layer, `word0 & 0xff`, of a draw by a ziggurat: 43 bits. */
export function fractionOf(word0: number, word1: number): number {
  return ((word0 >>> 21) * 2 ** 32 + word1 + 0.5) * 2 ** -43
}

/** The sign of a ziggurat's normal, ±1, without a branch that the processor could not foresee. */
export function signOf(word0: number): number {
  return 1 - ((word0 >>> 7) & 2)
}

/** The 12 bits that a ziggurat's normal leaves over. */
export function spareOfNormal(word0: number): number {
  return (word0 >>> 9) & 0xfff
}
