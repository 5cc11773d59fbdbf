import type { Traced } from '../trace/trace.ts'
import type { Structure } from './structure.ts'

/** The graph of a call, and how what it is given and what it returns are put together. */
export interface TracedCall {
  readonly traced: Traced
  readonly given: Structure
  readonly result: Structure
}

type Trace = (args: readonly unknown[]) => TracedCall

const TRACES = /* @__PURE__ */ new WeakMap<object, Trace>()

/** Says how calls of a compiled function are traced. */
export function traceable(compiled: object, trace: Trace): void {
  TRACES.set(compiled, trace)
}

/** Traces a call of a compiled function; undefined for what is none. */
export function tracedCall(compiled: object, args: readonly unknown[]): TracedCall | undefined {
  return TRACES.get(compiled)?.(args)
}
