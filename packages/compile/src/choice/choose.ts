import type { Settings } from '../graph/settings.ts'
import { estimatesOf, type Estimates, type Task } from './estimate.ts'

/** WebAssembly is left only for what is so many times as fast: it needs nothing else, and answers at once. */
const WORTH = 1.25

export interface Choice {
  /** Whether ONNX Runtime is the engine, if it is there and can do it. */
  readonly isOnnx: boolean
  readonly reason: string
  readonly estimates: Estimates
}

/** The engine for a task: a function of what is computed alone, so that results are the same wherever the same is installed. */
export function choose(
  task: Task,
  { precision, reproducible }: Pick<Settings, 'precision' | 'reproducible'>,
): Choice {
  const estimates = estimatesOf(task)
  const { wasm, onnx } = estimates
  const only = reproducible
    ? 'results are reproducible'
    : precision === 'float64'
      ? 'float64 is computed'
      : undefined
  const isOnnx = only === undefined && onnx.total * WORTH < wasm.total
  const told = `for ${task.count} ${task.isLoop ? 'steps' : 'calls'} an estimated ${shown(wasm.total)} in wasm, ${shown(onnx.total)} in onnx`
  return { isOnnx, reason: only ? `${only}; ${told}` : told, estimates }
}

function shown(milliseconds: number): string {
  return milliseconds < 1000 ? `${milliseconds} ms` : `${Number((milliseconds / 1000).toPrecision(3))} s`
}
