import { Bytes, unsigned } from './encode.ts'
import type { Value, ValueType } from './value.ts'

/** Instructions that take values from the stack and leave nothing there. */
export interface Statement {
  readonly code: readonly number[]
  readonly args: readonly Value[]
}

/**
 * The code of a function without parameters, as the code section holds it: statements in turn, values in locals where
 * they are used more than once. Values are emitted without recursion, for chains of them may be long.
 */
export function functionBody(statements: readonly Statement[]): Uint8Array {
  const shared = sharedValues(statements.flatMap(({ args }) => args))
  const code = new Bytes()
  const locals: ValueType[] = []
  const kept = new Map<Value, number>()

  /** Puts a value on the stack; a shared one into a local as well, from which it is taken the next time. */
  const push = (root: Value): void => {
    const stack = [{ x: root, next: 0 }]
    while (stack.length > 0) {
      const top = stack.at(-1)!
      const { x } = top
      const local = top.next === 0 ? kept.get(x) : undefined
      if (local !== undefined) code.push(0x20, ...unsigned(local))
      else if (top.next < x.args.length) {
        stack.push({ x: x.args[top.next++]!, next: 0 })
        continue
      } else {
        code.append(x.code)
        if (shared.has(x)) {
          const index = locals.push(x.type) - 1
          kept.set(x, index)
          code.push(0x22, ...unsigned(index))
        }
      }
      stack.pop()
    }
  }
  for (const statement of statements) {
    for (const arg of statement.args) push(arg)
    code.append(statement.code)
  }
  return new Bytes().list(runs(locals)).append(code.data).push(0x0b).data
}

/** Locals as the binary format lists them: how many of a type follow each other. */
function runs(locals: readonly ValueType[]): readonly number[][] {
  const groups: [count: number, type: ValueType][] = []
  for (const type of locals) {
    const last = groups.at(-1)
    if (last?.[1] === type) last[0]++
    else groups.push([1, type])
  }
  return groups.map(([count, type]) => [...unsigned(count), type])
}

/** The values that are used more than once, but for constants, which cost no more than a local. */
function sharedValues(roots: readonly Value[]): ReadonlySet<Value> {
  const seen = new Set<Value>()
  const shared = new Set<Value>()
  const stack = [...roots]
  for (let x = stack.pop(); x; x = stack.pop()) {
    if (x.args.length === 0) continue
    if (seen.has(x)) shared.add(x)
    else {
      seen.add(x)
      for (const arg of x.args) stack.push(arg)
    }
  }
  return shared
}
