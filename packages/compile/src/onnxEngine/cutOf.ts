import type { Precision } from '../wasm/lanes.ts'
import { multiplicationsOf } from '../graph/multiplications.ts'
import { sizeOf, type Node } from '../graph/node.ts'

/** What of a program WebAssembly computes before, and what is left for ONNX Runtime. */
export interface Cut {
  /** What is computed before, inputs before what is computed of them. */
  readonly before: readonly Node[]
  /** What of it the rest reads, or is a result: it is handed over. */
  readonly handed: readonly Node[]
  /** What is left: constants of either part are in both. */
  readonly rest: readonly Node[]
}

/** What is cut, and by what. */
export interface Cutting {
  /** What is computed, inputs before what is computed of them. */
  readonly nodes: readonly Node[]
  /** What is made of it. */
  readonly results: readonly Node[]
  /** What there is without computing: both parts have it. */
  readonly given: ReadonlySet<Node>
  /** What is there later only, as is what depends on it: what a loop carries. Nothing, and only what must be early is. */
  readonly late?: ReadonlySet<Node>
  /** Whether WebAssembly must compute a node if it can. */
  isEarly(node: Node): boolean
  /** Whether a node may be left to ONNX Runtime. */
  isAble(node: Node): boolean
  readonly precision: Precision
}

/** Products of matrices of so many multiplications are left to ONNX Runtime. */
const LARGE_PRODUCT = 1 << 20

/**
 * Cuts a program in two. Of a loop's steps WebAssembly computes all that does not depend on what is carried, such as keys, draws,
 * and mini-batches that are gathered, but for large products and what is made of them; what it hands over are tensors as small as
 * they can be had.
 */
export function cutOf({ nodes, results, given, late, isEarly, isAble, precision }: Cutting): Cut {
  const operations = nodes.filter((node) => node.op !== 'constant' && !given.has(node))
  const isLate = new Set<Node>(late)
  const takesAll = late !== undefined
  for (const node of operations) if (node.inputs.some((x) => isLate.has(x))) isLate.add(node)
  const before = new Set<Node>()
  const needed = new Set<Node>()
  // What must be early needs all that it is made of.
  for (const node of operations.toReversed()) {
    if (isLate.has(node) || !(isEarly(node) || needed.has(node))) continue
    needed.add(node)
    for (const x of node.inputs) needed.add(x)
  }
  for (const node of operations) {
    const isLeft = (x: Node): boolean => x.op !== 'constant' && !given.has(x) && !before.has(x)
    // A loop is no tensor, and its results are where it is.
    const isResult = node.op === 'loopResult' && before.has(node.inputs[0]!)
    if (needed.has(node) || isResult) before.add(node)
    else if (takesAll && !isLate.has(node) && !isLarge(node) && !node.inputs.some(isLeft)) before.add(node)
  }
  const readers = readersOf(operations, results)
  const isFree = (x: Node): boolean => x.op === 'constant' || given.has(x)
  const isHanded = (x: Node): boolean =>
    before.has(x) && readers.get(x)!.some((y) => y === undefined || !before.has(y))
  // From the results on: a node is left to the rest if what it is made of is smaller.
  for (const node of operations.toReversed()) {
    if (!takesAll || !before.has(node) || needed.has(node) || !isHanded(node) || !isAble(node)) continue
    const readBefore = readers.get(node)!.some((y) => y !== undefined && before.has(y))
    if (readBefore) continue
    const more = [...new Set(node.inputs)].filter((x) => !isFree(x) && !isHanded(x))
    const bytes = more.reduce((sum, x) => sum + bytesOf(x, precision), 0)
    if (bytes < bytesOf(node, precision)) before.delete(node)
  }
  const handed = operations.filter(isHanded)
  const constantsOf = (part: readonly Node[]): readonly Node[] => {
    const read = new Set([...part.flatMap(({ inputs }) => inputs), ...results])
    return nodes.filter((node) => node.op === 'constant' && read.has(node))
  }
  const early = operations.filter((node) => before.has(node))
  const rest = operations.filter((node) => !before.has(node))
  const inOrder = (part: readonly Node[]): readonly Node[] =>
    [...constantsOf(part), ...part].toSorted((a, b) => a.id - b.id)
  return { before: inOrder(early), handed, rest: inOrder(rest) }
}

/** For each node what reads it, and nothing for being a result. */
function readersOf(
  nodes: readonly Node[],
  results: readonly Node[],
): ReadonlyMap<Node, (Node | undefined)[]> {
  const readers = new Map<Node, (Node | undefined)[]>(nodes.map((node) => [node, []]))
  for (const node of nodes) for (const x of node.inputs) readers.get(x)?.push(node)
  for (const node of results) readers.get(node)?.push(undefined)
  return readers
}

function isLarge(node: Node): boolean {
  return node.op === 'matMul' ? multiplicationsOf(node) >= LARGE_PRODUCT : node.op === 'loop'
}

function bytesOf({ shape, dtype }: Node, precision: Precision): number {
  return sizeOf(shape) * (dtype === 'int32' || precision === 'float32' ? 4 : 8)
}
