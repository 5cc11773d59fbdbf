import { Bytes, unsigned } from './encode.ts'
import { V128, type Value, type ValueType } from './value.ts'

/**
 * The code of one function: statements in turn, values in locals where they are used more than once. Values are emitted
 * without recursion, for chains of them may be long.
 */
export class FunctionBody {
  readonly #code = new Bytes()
  readonly #parameters: number
  readonly #locals: ValueType[] = []
  /** Values kept in a local, by where they were computed: what a loop computes does not outlive its turn. */
  readonly #kept: Map<Value, number>[] = [new Map()]

  constructor(parameters: number) {
    this.#parameters = parameters
  }

  /** A local of its own. */
  local(type: ValueType): number {
    this.#locals.push(type)
    return this.#parameters + this.#locals.length - 1
  }

  /** Instructions as they are. */
  emit(...code: readonly number[]): this {
    this.#code.append(code)
    return this
  }

  /** Sets a local. */
  set(index: number, x: Value): this {
    return this.push([x]).emit(0x21, ...unsigned(index))
  }

  /** Computes what does not change from turn to turn before a loop that computes `roots`. */
  hoist(roots: readonly Value[]): this {
    const seen = new Set<Value>()
    const stack = [...roots]
    for (let x = stack.pop(); x; x = stack.pop()) {
      if (seen.has(x)) continue
      seen.add(x)
      // A number costs no more than a local; a vector stands in the code with all its bytes.
      if (!x.isConstant) stack.push(...x.args)
      else if ((x.args.length > 0 || x.type === V128) && this.#find(x) === undefined) {
        const local = this.local(x.type)
        this.set(local, x)
        this.#kept.at(-1)!.set(x, local)
      }
    }
    return this
  }

  /** Instructions that take values from the stack. */
  statement(code: readonly number[], args: readonly Value[]): this {
    return this.push(args).emit(...code)
  }

  /** Code that repeats: what is kept within is forgotten after it. */
  block(f: () => void): void {
    this.#kept.push(new Map())
    f()
    this.#kept.pop()
  }

  /** Puts values on the stack, those in `shared` into locals at their first use. */
  push(values: readonly Value[], shared: ReadonlySet<Value> = countUses(values)): this {
    const stack: { readonly x: Value; next: number }[] = []
    for (const root of values) {
      stack.push({ x: root, next: 0 })
      while (stack.length > 0) {
        const top = stack.at(-1)!
        const { x } = top
        const index = top.next === 0 ? this.#find(x) : undefined
        if (index !== undefined) this.emit(0x20, ...unsigned(index))
        else if (top.next < x.args.length) {
          stack.push({ x: x.args[top.next++]!, next: 0 })
          continue
        } else {
          this.emit(...x.code)
          if (shared.has(x) && x.args.length > 0) {
            const local = this.local(x.type)
            this.#kept.at(-1)!.set(x, local)
            this.emit(0x22, ...unsigned(local))
          }
        }
        stack.pop()
      }
    }
    return this
  }

  #find(x: Value): number | undefined {
    for (let i = this.#kept.length - 1; i >= 0; i--) {
      const index = this.#kept[i]!.get(x)
      if (index !== undefined) return index
    }
    return undefined
  }

  /** The function as the code section holds it: locals, instructions, end. */
  finish(): Uint8Array {
    const groups: [count: number, type: ValueType][] = []
    for (const type of this.#locals) {
      const last = groups.at(-1)
      if (last?.[1] === type) last[0]++
      else groups.push([1, type])
    }
    const body = new Bytes().list(groups.map(([count, type]) => [...unsigned(count), type]))
    return body.append(this.#code.data).push(0x0b).data
  }
}

/** The values that are used more than once. */
export function countUses(roots: readonly Value[]): ReadonlySet<Value> {
  const seen = new Set<Value>()
  const shared = new Set<Value>()
  const stack = [...roots]
  for (let x = stack.pop(); x; x = stack.pop()) {
    if (seen.has(x)) shared.add(x)
    else {
      seen.add(x)
      stack.push(...x.args)
    }
  }
  return shared
}
