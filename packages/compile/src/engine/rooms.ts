import { aligned } from '../lower/aligned.ts'

interface Room {
  readonly address: number
  readonly bytes: number
  isTaken: boolean
}

/** Memory that is taken for a while: rooms that are free again are taken before new ones are made. */
export class Rooms {
  readonly #rooms: Room[] = []
  #saved = 0
  readonly #make: (bytes: number) => number

  /** @param make finds memory that nothing has, by its address. */
  constructor(make: (bytes: number) => number) {
    this.#make = make
  }

  /** How many bytes more it would be if none were taken again. */
  get saved(): number {
    return this.#saved
  }

  /** The address of so many bytes: of the smallest free room that is as large. */
  take(wanted: number): number {
    const bytes = aligned(wanted)
    let best: Room | undefined
    for (const room of this.#rooms) {
      if (!room.isTaken && room.bytes >= bytes && room.bytes < (best?.bytes ?? Infinity)) best = room
    }
    if (best) this.#saved += bytes
    else {
      best = { address: this.#make(bytes), bytes, isTaken: true }
      this.#rooms.push(best)
    }
    best.isTaken = true
    return best.address
  }

  free(): void {
    for (const room of this.#rooms) room.isTaken = false
  }
}
