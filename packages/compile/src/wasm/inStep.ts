import { variable, type Assignment, type Variable } from './statement.ts'
import type { Value } from './value.ts'

/** What is to be done in this order, and what the computations give then, until the next statement sets a variable. */
export interface InStep {
  readonly statements: readonly Assignment[]
  readonly results: readonly (readonly Value[])[]
}

/**
 * Several computations of one form, operation by operation in step with each other: each is a chain of operations that wait for one
 * another, and a processor does not look much further than to the end of one.
 *
 * @param computations what each of them gives, made by one function of different values.
 */
export function inStep(computations: readonly (readonly Value[])[]): InStep {
  const [first] = computations
  if (!first || computations.length === 1) return { statements: [], results: computations }
  const statements: Assignment[] = []
  const rows = first.map((_, i) => computations.map((own) => own[i]!))
  const uses = usesOf(rows)
  if (!uses) return { statements: [], results: computations }
  const known = new Map<Value, readonly Value[]>()
  const holding = new Map<Value, readonly Variable[]>()
  const free: (readonly Variable[])[] = []
  for (const [x, own] of uses) {
    const { row } = own
    if (isPlain(row)) {
      known.set(x, row)
      continue
    }
    const args = x.args.map((arg) => known.get(arg)!)
    for (const arg of x.args) {
      if (--uses.get(arg)!.left === 0 && holding.has(arg)) free.push(holding.get(arg)!)
    }
    const found = free.findIndex(([to]) => to!.type === x.type)
    const to = found < 0 ? row.map(() => variable(x.type)) : free.splice(found, 1)[0]!
    for (const [i, node] of row.entries()) {
      statements.push({ variable: to[i]!, to: { ...node, args: args.map((of) => of[i]!) } })
    }
    holding.set(x, to)
    known.set(
      x,
      to.map(({ get }) => get),
    )
  }
  return { statements, results: computations.map((_, i) => first.map((x) => known.get(x)![i]!)) }
}

/** One value of each of the computations, by the first one's, and how often they are still to be taken. */
interface Use {
  readonly row: readonly Value[]
  left: number
}

/** All that results are made of, each after what it takes; nothing if the computations are not of one form. */
function usesOf(results: readonly (readonly Value[])[]): ReadonlyMap<Value, Use> | undefined {
  const uses = new Map<Value, Use>()
  const stack = results.toReversed()
  while (stack.length > 0) {
    const row = stack.at(-1)!
    const [x] = row as [Value]
    if (!isOfOneForm(row, uses.get(x)?.row)) return undefined
    const args = isPlain(row) ? [] : x.args.map((_, i) => row.map((own) => own.args[i]!))
    const missing = args.filter(([arg]) => !uses.has(arg!))
    if (missing.length > 0) {
      stack.push(...missing.toReversed())
      continue
    }
    stack.pop()
    if (uses.has(x)) continue
    uses.set(x, { row, left: 0 })
    for (const [arg] of args) uses.get(arg!)!.left++
  }
  // Results are taken by whoever asked for them.
  for (const [x] of results) uses.get(x!)!.left++
  return uses
}

/** Whether a value is the same for all, or takes nothing: it is computed where it is taken. */
function isPlain(row: readonly Value[]): boolean {
  const [x] = row as [Value]
  return x.args.length === 0 || row.every((other) => other === x)
}

/** Whether values do the same, and the first of them nothing else for others. */
function isOfOneForm(row: readonly Value[], known: readonly Value[] = row): boolean {
  const [{ type, args }] = row as [Value]
  return row.every(
    (other, i) => other === known[i] && other.type === type && other.args.length === args.length,
  )
}
