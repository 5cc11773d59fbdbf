import { UnsupportedError } from '../../errors.ts'

/** @throws UnsupportedError for a derivative of an order that the ops of a distribution do not have. */
export function noFurther(who: string): never {
  throw new UnsupportedError(`${who}: derivatives of this order are not implemented`)
}
