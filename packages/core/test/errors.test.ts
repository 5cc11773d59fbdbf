import { describe, expect, it } from 'vitest'
import {
  DomainError,
  FormatError,
  NumericalError,
  ShapeError,
  UnsupportedError,
  VariateError,
} from '../src/index.ts'

describe('errors', () => {
  it.each([
    { kind: ShapeError, name: 'ShapeError', code: 'shape' },
    { kind: DomainError, name: 'DomainError', code: 'domain' },
    { kind: NumericalError, name: 'NumericalError', code: 'numerical' },
    { kind: UnsupportedError, name: 'UnsupportedError', code: 'unsupported' },
    { kind: FormatError, name: 'FormatError', code: 'format' },
  ])('of kind $name have the code "$code", their name, and one base', ({ kind: Kind, name, code }) => {
    const cause = new TypeError('below')
    const error = new Kind('normal: scale must be > 0, got -1 at [2]', { cause })
    expect(error).toBeInstanceOf(VariateError)
    expect(error).toBeInstanceOf(Error)
    expect(error.code).toBe(code)
    expect(error.name).toBe(name)
    expect(error.cause).toBe(cause)
    expect(String(error)).toBe(`${name}: normal: scale must be > 0, got -1 at [2]`)
  })
})
