/** How long steps are run at once, in milliseconds: a page then stays alive, and pauses are short beside it. */
const TURN = 16
/** The number of steps grows by at most so much at once, for the first ones are slower, or may be few. */
const GROWTH = 8

/** How many steps take about as long as a page may wait, by how long those before took. */
export class Pace {
  readonly #turn: number
  #steps = 1

  /** @param turn how long steps are run at once, in milliseconds. */
  constructor(turn: number = TURN) {
    this.#turn = turn
  }

  get steps(): number {
    return this.#steps
  }

  took(steps: number, milliseconds: number): void {
    const most = GROWTH * steps
    this.#steps = Math.max(1, Math.min(most, Math.round((steps * this.#turn) / Math.max(milliseconds, 1e-3))))
  }
}
