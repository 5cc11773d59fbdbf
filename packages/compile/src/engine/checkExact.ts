import { UnsupportedError } from '@variate/core'
import { EXACT } from '../graph/exact.ts'

/** @throws UnsupportedError for operations that JavaScript computes, and not every engine to the same bits. */
export function checkExact(called: readonly string[]): void {
  const open = called.filter((op) => !EXACT.has(op))
  if (open.length === 0) return
  throw new UnsupportedError(
    `compile: with reproducible: true, ${open.join(', ')} cannot be computed: JavaScript is called for it, and engines differ in ` +
      'the last bits: compute it outside of the function and pass the result as an argument',
  )
}
