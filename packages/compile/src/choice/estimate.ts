import { RATES, timeOf } from './rates.ts'
import { plus, type Work } from './work.ts'

/** What is to be computed: some of it once, the rest so many times. */
export interface Task {
  readonly once: Work
  /** Each time. */
  readonly each: Work
  /** What of it WebAssembly computes for ONNX Runtime, and what is left for that. */
  readonly before: Work
  readonly rest: Work
  /** How many times. */
  readonly count: number
  /** Whether many times are one call. */
  readonly isLoop: boolean
}

/** What an engine would take, in milliseconds. */
export interface EngineEstimate {
  /** To be made ready. */
  readonly start: number
  /** For a step, or a call. */
  readonly each: number
  /** For all. */
  readonly total: number
}

export type Estimates = Readonly<Record<'wasm' | 'onnx' | 'eager', EngineEstimate>>

/** How long the steps of a loop take that ONNX Runtime goes in one call, in nanoseconds. */
const TURN = 1e8

/** What each engine would take: a function of what is computed alone. */
export function estimatesOf({ once, each, before, rest, count, isLoop }: Task): Estimates {
  const { wasm, onnx, eager } = RATES
  const first = timeOf(wasm, once)
  const all = plus(once, each)
  const ready = ({ start, startOperation }: typeof wasm, operations: number): number =>
    start + startOperation * operations
  const wasmReady = ready(wasm, all.operations)
  const own = timeOf(onnx, rest) + timeOf(wasm, before)
  const calls = isLoop ? Math.max(1 / count, own / TURN) : 1
  const perCall = isLoop ? 0 : 1
  return {
    wasm: told(wasmReady, timeOf(wasm, each) + perCall * wasm.call, first, count),
    onnx: told(
      ready(wasm, once.operations + before.operations) + ready(onnx, rest.operations),
      own + calls * onnx.call,
      first,
      count,
    ),
    eager: told(0, timeOf(eager, each) + perCall * eager.call, timeOf(eager, once), count),
  }
}

function told(start: number, each: number, once: number, count: number): EngineEstimate {
  const milliseconds = (x: number): number => Number((x / 1e6).toPrecision(3))
  return {
    start: milliseconds(start),
    each: milliseconds(each),
    total: milliseconds(start + once + each * count),
  }
}
