import { UnsupportedError } from '../../errors.ts'

/** Stands for a derivative that there is no formula for: `what` says of which op, and in what. */
export function noDerivative(what: string): () => never {
  return () => {
    throw new UnsupportedError(
      `${what} is not available: take central differences of the derivatives before it`,
    )
  }
}
