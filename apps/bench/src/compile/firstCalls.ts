import { medianInterval, type MedianInterval } from '../medianInterval.ts'
import { peerFirstCall, withOurFirstCall } from './firstCall.ts'

/** Seconds of first calls of eight schools in float32, each in a process of its own, imports apart. */
export interface FirstCalls {
  readonly steps: number
  readonly ours: number
  /** Of a single step, which is all tracing and compiling. */
  readonly ofOneStep: MedianInterval
  readonly peer: number
  readonly ratio: MedianInterval
}

/** First calls of both sides in turns. */
export function firstCalls(python: string, pairs: number, steps: number, child?: URL): Promise<FirstCalls> {
  const theirs = peerFirstCall(python)
  return withOurFirstCall(async (ours) => {
    const measured = []
    for (let pair = 0; pair < pairs; pair++) {
      const seconds = { ours: 0, peer: 0 }
      const sides = { ours, peer: theirs }
      for (const side of pair % 2 === 0 ? (['ours', 'peer'] as const) : (['peer', 'ours'] as const)) {
        seconds[side] = await sides[side](steps)
      }
      measured.push({ ...seconds, ofOneStep: await ours(1) })
    }
    return {
      steps,
      ours: medianInterval(measured.map((pair) => pair.ours)).median,
      peer: medianInterval(measured.map((pair) => pair.peer)).median,
      ratio: medianInterval(measured.map((pair) => pair.peer / pair.ours)),
      ofOneStep: medianInterval(measured.map((pair) => pair.ofOneStep)),
    }
  }, child)
}
