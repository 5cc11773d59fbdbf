import type { DrawnData } from '../../bbvi/drawnData.ts'

/** Data that come in parts while a fit goes on: what `streamed` of @variate/data makes. */
export interface StreamedData<Part = unknown> {
  readonly kind: 'streamed'
  /** How many examples each pass gives. */
  readonly size: number
  /** Begins a pass through all examples. @param pass its number, from 0 on. */
  open(pass: number): AsyncIterable<Part> | Iterable<Part>
  /** What makes data of them in each step. */
  readonly draw?: DrawnData['draw']
  /** What the least and the greatest value may be. */
  readonly range?: readonly [low: number, high: number]
}

export function isStreamedData(x: unknown): x is StreamedData {
  return typeof x === 'object' && x !== null && 'kind' in x && x.kind === 'streamed'
}
