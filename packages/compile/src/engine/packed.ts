import type { Lifetime } from '../lower/lifetimes.ts'

/** Something that takes bytes for some time. */
export interface Block extends Lifetime {
  readonly bytes: number
}

export interface Packed {
  /** Where each block begins. */
  readonly offsets: readonly number[]
  /** How many bytes they take together. */
  readonly bytes: number
}

/** Places for blocks such that those that live at the same time do not overlap: the first gap that is wide enough, in order of time. */
export function packed(blocks: readonly Block[]): Packed {
  const offsets = blocks.map(() => 0)
  let bytes = 0
  let alive: number[] = []
  const inTime = [...blocks.keys()].toSorted((a, b) => blocks[a]!.from - blocks[b]!.from)
  for (const i of inTime) {
    const block = blocks[i]!
    alive = alive.filter((other) => blocks[other]!.to >= block.from)
    let offset = 0
    let place = 0
    for (const other of alive) {
      if (offsets[other]! - offset >= block.bytes) break
      offset = offsets[other]! + blocks[other]!.bytes
      place++
    }
    offsets[i] = offset
    alive.splice(place, 0, i)
    bytes = Math.max(bytes, offset + block.bytes)
  }
  return { offsets, bytes }
}
