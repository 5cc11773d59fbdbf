import { ShapeError } from '@variate/core'
import { sameShape } from '@variate/core/internal'
import type { Structure } from '../compiled/structure.ts'
import { partsOf } from './options.ts'

/** What is told of a tensor. */
interface Told {
  readonly shape: readonly number[]
  readonly dtype: string
}

/** What a step returns: the next state, or that and outputs where some are collected. */
export function madeBy(
  returned: unknown,
  isCollected: boolean,
  who: string,
): { readonly state: Structure; readonly outputs: Structure } {
  if (!isCollected) return { state: partsOf(returned, 'state'), outputs: partsOf(undefined, 'outputs') }
  const isPair =
    typeof returned === 'object' && returned !== null && 'state' in returned && 'outputs' in returned
  if (!isPair) {
    throw new ShapeError(`${who}: with collect, a step must return { state, outputs }, got ${told(returned)}`)
  }
  return { state: partsOf(returned.state, 'state'), outputs: partsOf(returned.outputs, 'outputs') }
}

/** The next state, which must have the structure of the state. */
export function sameState(state: Structure, next: Structure, who: string): Structure {
  if (next.key === state.key) return next
  const [missing] = state.paths.filter((path) => !next.paths.includes(path))
  const [added] = next.paths.filter((path) => !state.paths.includes(path))
  const what = missing ? `without ${missing}` : added ? `with ${added} as well` : 'of another structure'
  throw new ShapeError(
    `${who}: a step must return a state like the one it is given, and returned one ${what}: ` +
      'return { state, outputs } and set collect for what is no state',
  )
}

/** @throws ShapeError if a step changes the shape or the type of a part of the state. */
export function checkKept(given: Told, next: Told, path: string, who: string): void {
  if (!sameShape(given.shape, next.shape)) {
    throw new ShapeError(
      `${who}: a step makes ${path} of shape [${next.shape}] of one of shape [${given.shape}]: ` +
        `begin with [${next.shape}], or return [${given.shape}]`,
    )
  }
  if (given.dtype === next.dtype) return
  throw new ShapeError(
    `${who}: a step makes ${path} ${next.dtype} of ${given.dtype}: begin with ${next.dtype}, or cast it`,
  )
}

function told(x: unknown): string {
  return typeof x === 'object' && x !== null ? `{ ${Object.keys(x).join(', ')} }` : String(x)
}
