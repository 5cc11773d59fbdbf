import { sizeOf, type Expression, type Table } from '../description.ts'
import { numberOf, plus, times, type Form } from './form.ts'

/** Numbers or forms of a shape, the last axis fastest. */
export interface Values {
  readonly shape: readonly number[]
  readonly forms: readonly Form[]
}

/** What an expression reads of a site: now, or in the step before. */
export type Read = (site: string, isBefore: boolean) => Values

const OF_NUMBERS = {
  sigmoid: (x: number): number => 1 / (1 + Math.exp(-x)),
  sqrt: Math.sqrt,
  inverseSqrt: (x: number): number => 1 / Math.sqrt(x),
}

/** The value of an expression, number by number. */
export function evaluate(expression: Expression, read: Read): Values {
  switch (expression.kind) {
    case 'constant':
      return valuesOf(expression.value)
    case 'read':
      return read(expression.site, false)
    case 'before':
      return read(expression.site, true)
    case 'sum':
      return { shape: [], forms: [evaluate(expression.of, read).forms.reduce(plus, 0)] }
    case 'sigmoid':
    case 'sqrt':
    case 'inverseSqrt': {
      const { shape, forms } = evaluate(expression.of, read)
      const f = OF_NUMBERS[expression.kind]
      return { shape, forms: forms.map((x) => f(numberOf(x))) }
    }
    case 'gather':
      return taken(evaluate(expression.of, read), 0, numberOf(evaluate(expression.by, read).forms[0]!))
    case 'matVec': {
      const [matrix, x] = [evaluate(expression.of, read), evaluate(expression.by, read)]
      const [rows, columns] = matrix.shape as [number, number]
      const forms = Array.from({ length: rows }, (_, i) =>
        x.forms.reduce((sum, xj, j) => plus(sum, times(matrix.forms[i * columns + j]!, xj)), 0 as Form),
      )
      return { shape: [rows], forms }
    }
    default:
      return combined(
        evaluate(expression.of, read),
        evaluate(expression.by, read),
        expression.kind === 'add' ? plus : times,
      )
  }
}

export function valuesOf({ shape, numbers }: Table): Values {
  return { shape, forms: numbers.map((x) => x ?? NaN) }
}

/** Both have the same shape, or one is a number. */
function combined(a: Values, b: Values, f: (x: Form, y: Form) => Form): Values {
  if (a.shape.length === 0) return { shape: b.shape, forms: b.forms.map((y) => f(a.forms[0]!, y)) }
  if (b.shape.length === 0) return { shape: a.shape, forms: a.forms.map((x) => f(x, b.forms[0]!)) }
  return { shape: a.shape, forms: a.forms.map((x, i) => f(x, b.forms[i]!)) }
}

/** One slice along an axis. */
export function taken({ shape, forms }: Values, axis: number, at: number): Values {
  const length = shape[axis]!
  if (!(at >= 0 && at < length)) throw new RangeError(`${at} of ${length}`)
  const inner = sizeOf(shape.slice(axis + 1))
  return {
    shape: shape.toSpliced(axis, 1),
    forms: forms.filter((_, i) => Math.floor(i / inner) % length === at),
  }
}
