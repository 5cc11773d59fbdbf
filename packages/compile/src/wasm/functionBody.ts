import { Bytes, unsigned } from './encode.ts'
import type { Value, ValueType } from './value.ts'

/** Instructions that take values from the stack and leave nothing there. */
export interface Statement {
  readonly code: readonly number[]
  readonly args: readonly Value[]
}

/** How often a value is still to be taken, and the local that it is in. */
interface Use {
  left: number
  local: number
}

/**
 * The code of a function without parameters, as the code section holds it: statements in turn, values in locals where
 * they are used more than once, until they are not any more: engines take long for functions of many locals, and refuse
 * those of more than 50,000. Values are emitted without recursion, for chains of them may be long.
 */
export function functionBody(statements: readonly Statement[]): Uint8Array {
  const uses = usesOf(statements)
  const code = new Bytes()
  const locals: ValueType[] = []
  const free = new Map<ValueType, number[]>()

  /** Puts a value on the stack; one that is used again into a local as well, from which it is taken the next time. */
  const push = (root: Value): void => {
    const stack = [{ x: root, next: 0 }]
    while (stack.length > 0) {
      const top = stack.at(-1)!
      const { x } = top
      const use = uses.get(x)
      if (use && use.local >= 0) {
        code.byte(0x20).unsigned(use.local)
        if (--use.left === 0) free.get(x.type)!.push(use.local)
      } else if (top.next < x.args.length) {
        stack.push({ x: x.args[top.next++]!, next: 0 })
        continue
      } else {
        code.append(x.code)
        if (use && --use.left > 0) {
          if (!free.has(x.type)) free.set(x.type, [])
          use.local = free.get(x.type)!.pop() ?? locals.push(x.type) - 1
          code.byte(0x22).unsigned(use.local)
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

/** How often values are used, but for constants, which cost no more than a local. */
function usesOf(statements: readonly Statement[]): ReadonlyMap<Value, Use> {
  const uses = new Map<Value, Use>()
  const stack = statements.flatMap(({ args }) => args)
  for (let x = stack.pop(); x; x = stack.pop()) {
    if (x.args.length === 0) continue
    const use = uses.get(x)
    if (use) use.left++
    else {
      uses.set(x, { left: 1, local: -1 })
      for (const arg of x.args) stack.push(arg)
    }
  }
  return uses
}
