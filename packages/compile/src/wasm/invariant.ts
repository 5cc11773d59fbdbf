import { valuesOf, type Loop, type Statement } from './statement.ts'
import { V128, type Value } from './value.ts'

/**
 * The values that a loop takes which are the same in each of its turns: they are computed before it. Numbers are not
 * among them, for a constant is no dearer than a local; vectors of them are.
 */
export function invariantsOf(loop: Loop): readonly Value[] {
  const changed = changedIn(loop)
  const known = new Map<Value, boolean>()
  const found = new Set<Value>()
  const varies = (root: Value): boolean => {
    const stack = [root]
    for (let x = stack.at(-1); x; x = stack.at(-1)) {
      const unknown = known.has(x) ? undefined : x.args.find((arg) => !known.has(arg))
      if (unknown) stack.push(unknown)
      else {
        if (!known.has(x))
          known.set(x, x.isFresh === true || changed.has(x) || x.args.some((arg) => known.get(arg)))
        stack.pop()
      }
    }
    return known.get(root)!
  }
  const seen = new Set<Value>()
  const stack = [...loop.body.flatMap(allValuesOf), loop.to]
  for (let x = stack.pop(); x; x = stack.pop()) {
    if (seen.has(x)) continue
    seen.add(x)
    if (varies(x)) stack.push(...x.args)
    else if (x.args.length > 0 || (x.type === V128 && !x.isVariable)) found.add(x)
  }
  return [...found]
}

function allValuesOf(statement: Statement): readonly Value[] {
  return 'body' in statement
    ? [...valuesOf(statement), ...statement.body.flatMap(allValuesOf)]
    : valuesOf(statement)
}

/** What variables hold that the loop sets, in loops within it as well. */
function changedIn(loop: Loop): ReadonlySet<Value> {
  const changed = new Set<Value>([loop.index.get])
  for (const statement of loop.body) {
    if ('body' in statement) for (const x of changedIn(statement)) changed.add(x)
    else if ('variable' in statement) changed.add(statement.variable.get)
  }
  return changed
}
