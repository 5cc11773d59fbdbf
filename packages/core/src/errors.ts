/** Where an error of this library comes from: one stable code a class, for programs that handle errors. */
export type ErrorCode = 'shape' | 'domain' | 'numerical' | 'unsupported' | 'format'

/** What every error of this library extends: catch it to tell our errors from others. */
export abstract class VariateError extends Error {
  abstract readonly code: ErrorCode

  constructor(message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = new.target.name
  }
}

/** Shapes that do not fit each other, ragged rows, an axis of the wrong length. */
export class ShapeError extends VariateError {
  override readonly code = 'shape'
}

/** A value outside the domain of what it was passed to: a negative scale, NaN in data, K < 1. */
export class DomainError extends VariateError {
  override readonly code = 'domain'
}

/** A computation that failed on valid input: a matrix that is not positive definite, a likelihood that fell. */
export class NumericalError extends VariateError {
  override readonly code = 'numerical'
}

/** Something that this library, engine or platform cannot do; the message names what can. */
export class UnsupportedError extends VariateError {
  override readonly code = 'unsupported'
}

/** Bytes or JSON that are not what they should be: cut short, of another version, of another model. */
export class FormatError extends VariateError {
  override readonly code = 'format'
}
