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
  | { readonly kind: 'record'; readonly items: Readonly<Record<string, Tree>> }

/**
 * Takes arrays, records and tuples of arrays apart.
 *
 * @param who names the value in errors.
 * @param op names the function that takes it.
 * @throws UnsupportedError for what is none of these, nor a number, a text, a truth value or nothing.
 */
export function takeApart(value: unknown, who: string, op = 'compile'): Structure {
  const leaves: Arrays[] = []
  const paths: string[] = []
  const walk = (x: unknown, path: string): Tree => {
    if (isArrays(x)) {
      paths.push(path)
      return { kind: 'leaf', index: leaves.push(x) - 1 }
    }
    if (Array.isArray(x)) return { kind: 'list', items: x.map((item, i) => walk(item, `${path}[${i}]`)) }
    if (isRecord(x)) {
      const items = Object.entries(x).map(([name, item]) => [name, walk(item, `${path}.${name}`)] as const)
      return { kind: 'record', items: Object.fromEntries(items) }
    }
    if (typeof x === 'object' && x !== null) throw unsupported(op, path, x.constructor.name)
    if (typeof x === 'function' || typeof x === 'symbol') throw unsupported(op, path, typeof x)
    return { kind: 'static', value: x }
  }
  const tree = walk(value, who)
  return {
    leaves,
    paths,
    tree,
    key: JSON.stringify(tree, (_, x: Tree) => (x.kind === 'static' ? toldApart(x.value) : x)),
    rebuild: (others) => rebuild(tree, others),
  }
}

/** A static value as text: of its type, for 5 is not '5', and 0 is not −0. */
function toldApart(x: unknown): string {
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
  return Object.fromEntries(Object.entries(tree.items).map(([name, item]) => [name, rebuild(item, leaves)]))
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
