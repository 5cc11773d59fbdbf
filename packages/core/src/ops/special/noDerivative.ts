import { UnsupportedError } from '../../errors.ts'

/** Stands for a derivative that is not implemented: `what` says of which op, and in what. */
export function noDerivative(what: string): () => never {
  return () => {
    throw new UnsupportedError(
      `${what} is not implemented: take central differences of the derivatives before it`,
    )
  }
}
