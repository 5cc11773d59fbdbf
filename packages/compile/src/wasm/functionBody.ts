import { Bytes, unsigned } from './encode.ts'
import { invariantsOf } from './invariant.ts'
import { valuesOf, whole, type Loop, type Statement, type Variable } from './statement.ts'
import { I32, value, type Value, type ValueType } from './value.ts'

/** How often a value is still to be taken where it is computed, and the local that it is in. */
interface Use {
  left: number
  local: number
}

/**
 * The code of a function, as the code section holds it: statements in turn, values in locals where they are used more
 * than once, until they are not any more: engines take long for functions of many locals, and refuse those of more than
 * 50,000. What is the same in each turn of a loop is computed before it.
 *
 * @param parameters hold what the function is called with.
 */
export function functionBody(
  statements: readonly Statement[],
  parameters: readonly Variable[] = [],
): Uint8Array {
  const emitter = new Emitter(parameters)
  emitter.emit(statements)
  return emitter.finish()
}

class Emitter {
  readonly #code = new Bytes()
  readonly #locals: ValueType[] = []
  readonly #free = new Map<ValueType, number[]>()
  readonly #variables = new Map<Value, number>()
  readonly #parameters: number
  /** The uses of what this list of statements computes. */
  #uses = new Map<Value, Use>()
  /** What was computed before the loops that are open. */
  readonly #held = new Map<Value, number>()

  constructor(parameters: readonly Variable[]) {
    this.#parameters = parameters.length
    for (const [i, { get }] of parameters.entries()) this.#variables.set(get, i)
  }

  finish(): Uint8Array {
    return new Bytes().list(runs(this.#locals)).append(this.#code.data).push(0x0b).data
  }

  emit(statements: readonly Statement[]): void {
    const invariants = new Map<Loop, readonly Value[]>()
    const roots: Value[] = []
    for (const statement of statements) {
      roots.push(...valuesOf(statement))
      if (!('body' in statement)) continue
      const before = invariantsOf(statement).filter((x) => !this.#held.has(x))
      invariants.set(statement, before)
      roots.push(...before)
    }
    const outer = this.#uses
    this.#uses = this.#usesOf(roots, new Set([...invariants.values()].flat()))
    for (const statement of statements) {
      if ('body' in statement) this.#loop(statement, invariants.get(statement)!)
      else {
        for (const arg of valuesOf(statement)) this.#push(arg)
        if ('variable' in statement) this.#code.byte(0x21).unsigned(this.#localOf(statement.variable.get))
        else this.#code.append(statement.code)
      }
    }
    this.#uses = outer
  }

  #loop({ index, from, to, step, mayBeEmpty, body }: Loop, invariants: readonly Value[]): void {
    const code = this.#code
    const local = this.#localOf(index.get)
    for (const x of invariants) this.#hold(x)
    this.#push(from)
    code.byte(0x21).unsigned(local)
    if (mayBeEmpty) {
      code.push(0x02, 0x40)
      this.#push(value(I32, [0x4e], [index.get, to]))
      code.push(0x0d, 0)
    }
    code.push(0x03, 0x40)
    this.emit(body)
    this.#push(value(I32, [0x6a], [index.get, whole(step)]))
    code.byte(0x22).unsigned(local)
    this.#push(to)
    code.push(0x48, 0x0d, 0, 0x0b)
    if (mayBeEmpty) code.push(0x0b)
    for (const x of invariants) {
      this.#held.delete(x)
      this.#take(x)
    }
  }

  /** Computes a value into a local, where it stays through a loop. */
  #hold(x: Value): void {
    const use = this.#uses.get(x)!
    if (use.local < 0) {
      use.left++
      this.#push(x)
      this.#code.push(0x1a)
    }
    this.#held.set(x, use.local)
  }

  /** One use less, without emitting. */
  #take(x: Value): void {
    const use = this.#uses.get(x)
    if (use && use.local >= 0 && --use.left === 0) this.#free.get(x.type)!.push(use.local)
  }

  /**
   * Puts a value on the stack; one that is used again into a local as well, from which it is taken the next time. Without
   * recursion, for chains of values may be long.
   */
  #push(root: Value): void {
    const code = this.#code
    const uses = this.#uses
    const stack = [{ x: root, next: 0 }]
    while (stack.length > 0) {
      const top = stack.at(-1)!
      const { x } = top
      if (top.next === 0 && this.#pushLocal(x)) {
        stack.pop()
        continue
      }
      if (top.next < x.args.length) {
        const arg = x.args[top.next++]!
        if (this.#isNumber(arg)) code.append(arg.code)
        else stack.push({ x: arg, next: 0 })
        continue
      }
      code.append(x.code)
      const use = uses.get(x)
      if (use && --use.left > 0) {
        use.local = this.#newLocal(x.type)
        code.byte(0x22).unsigned(use.local)
      }
      stack.pop()
    }
  }

  /** Puts a value on the stack if a local has it, and says whether one has. */
  #pushLocal(x: Value): boolean {
    const held = x.isVariable ? this.#localOf(x) : this.#held.get(x)
    if (held !== undefined) {
      this.#code.byte(0x20).unsigned(held)
      return true
    }
    const use = this.#uses.get(x)
    if (!use || use.local < 0) return false
    this.#code.byte(0x20).unsigned(use.local)
    if (--use.left === 0) this.#free.get(x.type)!.push(use.local)
    return true
  }

  /** Whether it is a constant that no local holds, as many are. */
  #isNumber(x: Value): boolean {
    return (
      x.args.length === 0 &&
      !x.isVariable &&
      !(this.#held.size > 0 && this.#held.has(x)) &&
      !this.#uses.has(x)
    )
  }

  #newLocal(type: ValueType): number {
    if (!this.#free.has(type)) this.#free.set(type, [])
    return this.#free.get(type)!.pop() ?? this.#parameters + this.#locals.push(type) - 1
  }

  /** The local of a variable, its own throughout. */
  #localOf(variable: Value): number {
    const known = this.#variables.get(variable)
    if (known !== undefined) return known
    const local = this.#parameters + this.#locals.push(variable.type) - 1
    this.#variables.set(variable, local)
    return local
  }

  /** How often values are used, but for constants and variables, which cost no more than a local, and what is held. */
  #usesOf(roots: readonly Value[], invariants: ReadonlySet<Value>): Map<Value, Use> {
    const uses = new Map<Value, Use>()
    const stack = [...roots]
    for (let x = stack.pop(); x; x = stack.pop()) {
      if (x.args.length === 0 && !invariants.has(x)) continue
      const use = uses.get(x)
      if (use) use.left++
      else if (!x.isVariable && !this.#held.has(x)) {
        uses.set(x, { left: 1, local: -1 })
        stack.push(...x.args)
      }
    }
    return uses
  }
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
