import { Tensor } from '@tensorflow/tfjs-core'
import { NdArray, UnsupportedError, type NumericArray } from '@variate/core'

/** Arrays that stand for tensors: one axis if they are typed arrays. */
export type Arrays = Tensor | NdArray | Float32Array | Float64Array | Int32Array | Uint8Array

/** What a compiled function takes where the function that it was made of takes `T`: plain data for tensors. */
export type Given<T> = T extends Tensor
  ? Arrays
  : T extends (...args: never[]) => unknown
    ? T
    : T extends object
      ? { readonly [Name in keyof T]: Given<T[Name]> }
      : T

/** A value taken apart: its arrays, and how they and what is static are put together. */
export interface Structure {
  readonly leaves: readonly Arrays[]
  /** Where each of them stands. */
  readonly paths: readonly string[]
  /** Tells structures apart: names, lengths and static values. */
  readonly key: string
  readonly tree: Tree
  /** The value again, with something else for each array. */
  rebuild<Leaf>(leaves: readonly Leaf[]): unknown
}

/** How arrays, by their places among the leaves, and static values are put together. */
export type Tree =
  | { readonly kind: 'leaf'; readonly index: number }
  | { readonly kind: 'static'; readonly value: unknown }
  | { readonly kind: 'list'; readonly items: readonly Tree[] }
  | { readonly kind: 'record'; readonly names: readonly string[]; readonly items: readonly Tree[] }

/** Where a value stands in another: texts are made of it only where they are asked for. */
interface Place {
  readonly within?: Place
  readonly name: string | number
}

/**
 * Takes arrays, records and tuples of arrays apart.
 *
 * @param who names the value in errors.
 * @param op names the function that takes it.
 * @throws UnsupportedError for what is none of these, nor a number, a text, a truth value or nothing.
 */
export function takeApart(value: unknown, who: string, op = 'compile'): Structure {
  const leaves: Arrays[] = []
  const places: Place[] = []
  let key = ''
  const walk = (x: unknown, place: Place): Tree => {
    if (isArrays(x)) {
      key += 'x'
      places.push(place)
      return { kind: 'leaf', index: leaves.push(x) - 1 }
    }
    if (Array.isArray(x)) {
      key += `[${x.length} `
      return { kind: 'list', items: x.map((item, i) => walk(item, { within: place, name: i })) }
    }
    if (isRecord(x)) {
      const names = Object.keys(x)
      key += `{${names.length} `
      const items = names.map((name) => {
        key += `${name.length} ${name}`
        return walk(x[name], { within: place, name })
      })
      return { kind: 'record', names, items }
    }
    if (typeof x === 'object' && x !== null) throw unsupported(op, textOf(place), x.constructor.name)
    if (typeof x === 'function' || typeof x === 'symbol') throw unsupported(op, textOf(place), typeof x)
    const told = toldApart(x)
    key += `${told.length} ${told}`
    return { kind: 'static', value: x }
  }
  const tree = walk(value, { name: who })
  return {
    leaves,
    get paths() {
      return places.map(textOf)
    },
    tree,
    key,
    rebuild: (others) => rebuild(tree, others),
  }
}

function textOf({ within, name }: Place): string {
  if (!within) return String(name)
  return typeof name === 'number' ? `${textOf(within)}[${name}]` : `${textOf(within)}.${name}`
}

/** A static value as text: of its type, for 5 is not '5', and 0 is not −0. */
export function toldApart(x: unknown): string {
  return `${typeof x} ${Object.is(x, -0) ? '-0' : String(x)}`
}

function unsupported(op: string, path: string, what: string): UnsupportedError {
  return new UnsupportedError(
    `${op}: ${path} is a ${what}: pass tensors, arrays, numbers, texts, or records and tuples of them`,
  )
}

/** The value of a tree with something for each array. */
export function rebuild(tree: Tree, leaves: readonly unknown[]): unknown {
  if (tree.kind === 'leaf') return leaves[tree.index]
  if (tree.kind === 'static') return tree.value
  if (tree.kind === 'list') return tree.items.map((item) => rebuild(item, leaves))
  return Object.fromEntries(tree.names.map((name, i) => [name, rebuild(tree.items[i]!, leaves)]))
}

export function isArrays(x: unknown): x is Arrays {
  return x instanceof Tensor || x instanceof NdArray || isTypedArray(x)
}

export function isTypedArray(x: unknown): x is NumericArray {
  return ArrayBuffer.isView(x) && !(x instanceof DataView)
}

export function isRecord(x: unknown): x is Readonly<Record<string, unknown>> {
  if (typeof x !== 'object' || x === null) return false
  const prototype: unknown = Object.getPrototypeOf(x)
  return prototype === Object.prototype || prototype === null
}
