import { DomainError, NumericalError } from '@variate/core'

/** Operations whose indices must be places of an axis. */
const OF_INDICES: ReadonlySet<string> = /* @__PURE__ */ new Set(['gather', 'scatterAdd'])

/** What a program calls where the code of an operation gives up: there is no other code of it here, and this throws. */
export function rescue(op: string): () => never {
  return () => {
    if (OF_INDICES.has(op)) throw new DomainError(`${op}: an index is outside of the axis`)
    throw new NumericalError(
      `${op}: a matrix is singular, not positive definite or not finite: call the compiled function that the bytes ` +
        'were made of with the same arguments to learn which',
    )
  }
}
