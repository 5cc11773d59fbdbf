import { currentTrace } from '../trace/trace.ts'
import { withAxis } from './batched.ts'
import { ElementTrace } from './elementTrace.ts'
import { Replay } from './replay.ts'
import type { Apply } from './rule.ts'

/** Records the function for one element, and computes what it recorded for all. */
export const apply: Apply = (f, inputs, size) => {
  const trace = new ElementTrace(currentTrace()?.graph)
  const outputs = trace.run(() => f(...inputs.map((x) => trace.elementOf(x))))
  return new Replay(trace, size, apply).valuesOf(outputs).map((x) => withAxis(x, size))
}
