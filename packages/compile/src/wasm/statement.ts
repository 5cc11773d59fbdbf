import { signed } from './encode.ts'
import { I32, value, type Value, type ValueType } from './value.ts'

/** A local that statements set: its value is what it holds where it is emitted. */
export interface Variable {
  readonly type: ValueType
  /** What it holds. */
  readonly get: Value
}

/** An instruction that takes values from the stack and leaves nothing there. */
export interface Instruction {
  readonly code: readonly number[]
  readonly args: readonly Value[]
}

export interface Assignment {
  readonly variable: Variable
  readonly to: Value
}

/** Statements for each value of `index` from `from` on, below `to`, in steps. */
export interface Loop {
  readonly index: Variable
  readonly from: Value
  readonly to: Value
  readonly step: number
  /** It may be that there is no turn. */
  readonly mayBeEmpty: boolean
  readonly body: readonly Statement[]
}

export type Statement = Instruction | Assignment | Loop

export function variable(type: ValueType): Variable {
  const get: Value = { type, code: [], args: [], isVariable: true }
  return { type, get }
}

/** The number as an i32. */
export function whole(x: number): Value {
  return value(I32, [0x41, ...signed(x)])
}

/** A loop over whole numbers that are known, `count` turns of them. */
export function repeat(
  index: Variable,
  from: number,
  to: number,
  step: number,
  body: readonly Statement[],
): Loop {
  return { index, from: whole(from), to: whole(to), step, mayBeEmpty: from >= to, body }
}

/** The values that a statement takes; of a loop those that it begins with. */
export function valuesOf(statement: Statement): readonly Value[] {
  if ('body' in statement) return [statement.from]
  return 'to' in statement ? [statement.to] : statement.args
}
