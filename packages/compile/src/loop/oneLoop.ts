import type { Node } from '../graph/node.ts'
import { Loop, loopOf, type Output } from './loopNode.ts'

/** A loop in the place of several. */
export interface OneLoop {
  readonly loop: Node
  /** For each of them where its results stand among those of the loop. */
  readonly places: ReadonlyMap<Node, ReadonlyMap<number, number>>
}

/**
 * One loop that gives what loops of the same steps on the same give.
 *
 * @param results of each that are left.
 * @param now what has become of nodes.
 */
export function oneLoop(
  nodes: readonly Node[],
  results: ReadonlyMap<Node, ReadonlySet<number>>,
  now: (node: Node) => Node,
): OneLoop {
  const [first] = nodes as readonly [Node]
  const { count, isReverse, index, carried, slices } = loopOf(first)
  const left = new Set(nodes.flatMap((node) => [...results.get(node)!]))
  const kept = carried.flatMap((_, place) => (left.has(place) ? place : []))
  const outputs: Output[] = []
  const places = new Map<Node, ReadonlyMap<number, number>>()
  for (const node of nodes) {
    const own = [...results.get(node)!].map((place) => {
      if (place < carried.length) return [place, kept.indexOf(place)] as const
      const output = loopOf(node).outputs[place - carried.length]!
      const known = outputs.findIndex((x) => x.node === output.node && x.every === output.every)
      return [place, kept.length + (known < 0 ? outputs.push(output) - 1 : known)] as const
    })
    places.set(node, new Map(own))
  }
  const steps = {
    count,
    isReverse,
    index,
    carried: kept.map((place) => ({ input: carried[place]!.input, next: now(carried[place]!.next) })),
    slices,
    outputs: outputs.map(({ node, every }) => ({ node: now(node), every })),
  }
  const whole = new Loop(steps)
  const { read } = whole
  const sliced = slices.flatMap((slice, place) =>
    read.has(slice.input) ? { slice, of: first.inputs[carried.length + place]! } : [],
  )
  const loop =
    sliced.length === slices.length ? whole : new Loop({ ...steps, slices: sliced.map(({ slice }) => slice) })
  const taken = [...kept.map((place) => first.inputs[place]!), ...sliced.map(({ of }) => of)].map(now)
  const node = { ...first, inputs: [...taken, ...loop.captures], attributes: { loop } }
  return { loop: Object.freeze(node), places }
}
