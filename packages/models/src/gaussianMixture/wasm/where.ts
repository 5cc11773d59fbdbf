import { I32, variable, type Variable } from '@variate/compile/wasm'

/** What the functions of a kernel are told, all of it int32. */
export interface Where {
  /** Of a column, those that are points. */
  readonly bytes: Variable
  /** How far the block's panel is behind the first panel. */
  readonly block: Variable
  /** How far the thread's scratch is behind that of the first. */
  readonly scratch: Variable
  /** The component that moments are of. */
  readonly component: Variable
}

export function where(): Where {
  const [bytes, block, scratch, component] = [variable(I32), variable(I32), variable(I32), variable(I32)]
  return { bytes, block, scratch, component }
}
