import type { Operation } from './graph.ts'

/** A reshaped tensor in yet another shape, of what it was reshaped from. */
export function reshapedOnce(operation: Operation): Operation | undefined {
  const [x] = operation.inputs
  return operation.op === 'reshape' && x!.op === 'reshape' ? { ...operation, inputs: x!.inputs } : undefined
}
