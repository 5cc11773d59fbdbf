import { sizeOf, type Node, type Shape } from '../graph/node.ts'
import type { Passes } from '../graph/passes.ts'
import { instructionsOf } from './instructionsOf.ts'
import { fusedProducts, type FusedProduct } from './fusedProducts.ts'
import { kindsOf, type Kind } from './kinds.ts'
import { flat, ownPlace, type Linear } from './loops/linear.ts'
import { addReads, inputsAt, type Reads } from './loops/reads.ts'
import { writingOf, type Root } from './loops/root.ts'
import type { Target } from './target.ts'

/** Loops that write several nodes as they go over one domain. */
export interface LoopGroup {
  readonly domain: Shape
  readonly roots: Root[]
  /** Nodes that hold one number throughout before the loops write parts of them. */
  readonly filled: { readonly node: Node; readonly fill: number }[]
  /** What the loops read in memory, and where. */
  readonly reads: Read[]
}

export interface Read {
  readonly node: Node
  readonly at: Linear
}

/** What is done together: nothing of it takes what loops or whole nodes of it give. */
export interface Stage {
  readonly small: Node[]
  readonly loops: Map<string, LoopGroup>
  readonly whole: Node[]
}

export interface Plan {
  readonly kinds: ReadonlyMap<Node, Kind>
  /** Whether a node lies in memory, once it is computed. */
  isStored(node: Node): boolean
  /** Nodes that are others in another shape, and lie where those do. */
  readonly views: ReadonlyMap<Node, Node>
  /** Products of which others are made before they are stored, by what is stored. */
  readonly fused: ReadonlyMap<Node, FusedProduct>
  readonly stages: readonly Stage[]
  /** What is done at each stage where products are stored first. */
  readonly apart: readonly Stage[]
}

/** What is cheaper to compute again for each node that takes it than to write and to read: instructions of one element. */
const CHEAP = 6
/** Beyond, loops would be hard to compile. */
const LONG = 400

/** In which order the nodes of a program are computed, which of them in loops together, and which lie in memory. */
export function planOf(
  nodes: readonly Node[],
  outputs: readonly Node[],
  given: ReadonlySet<Node>,
  target: Pick<Target, 'lanes' | 'canLieAt'>,
  passes: Passes,
): Plan {
  const { precision } = target.lanes
  const computed = nodes.filter((node) => !given.has(node))
  const kinds = new Map<Node, Kind>([
    ...[...given].map((node) => [node, 'given'] as const),
    ...kindsOf(computed, precision, passes.unrolling),
  ])
  const takers = takersOf([...given, ...computed], computed)
  const stored = new Set<Node>()
  const views = new Map<Node, Node>()
  const costs = new Map<Node, number>()
  for (const [node, kind] of kinds) {
    const [input] = node.inputs
    const isOutput = outputs.includes(node)
    if (
      passes.views &&
      kind === 'looped' &&
      ['reshape', 'stopGradient', 'variable', 'customGradient'].includes(node.op)
    ) {
      if (stored.has(input!) && target.canLieAt(node, input!)) {
        views.set(node, input!)
        stored.add(node)
        continue
      }
    }
    if (kind !== 'looped') {
      if (kind !== 'small' || isOutput || takers.get(node)!.some((taker) => kinds.get(taker) !== 'small'))
        stored.add(node)
      continue
    }
    const rest = node.inputs.map((x) => (stored.has(x) ? 0 : (costs.get(x) ?? 0)))
    const cost =
      instructionsOf([node], precision) / Math.max(1, sizeOf(node.shape)) + rest.reduce((a, b) => a + b, 0)
    costs.set(node, cost)
    const ofNode = takers.get(node)!
    const isNeeded = ofNode.some((taker) => mustLieInMemory(taker, kinds.get(taker)!))
    const isRepeated = ofNode.length > 1 || ofNode.some((taker) => turnsOf(taker) > sizeOf(node.shape))
    const isApart = !passes.fusion && node.op !== 'constant'
    if (isOutput || isNeeded || isApart || cost > LONG || (isRepeated && cost > CHEAP)) stored.add(node)
  }
  const isStored = (node: Node): boolean => stored.has(node)
  const unfused = { kinds, isStored, views, fused: new Map<Node, FusedProduct>() }
  const apart = stagesOf(unfused, passes.fusion)
  const fused = passes.products ? fusedProducts({ ...unfused, takers, outputs, precision }) : unfused.fused
  if (fused.size === 0) return { ...unfused, stages: apart, apart }
  const unstored = new Set([...fused.values()].flatMap((product) => [...product.unstored]))
  const isLeft = ([node]: readonly [Node, unknown]): boolean => !unstored.has(node)
  const kindOf = (node: Node, kind: Kind): Kind => (fused.has(node) ? 'whole' : kind)
  const left = {
    kinds: new Map([...kinds].filter(isLeft).map(([node, kind]) => [node, kindOf(node, kind)])),
    isStored,
    views: new Map([...views].filter(isLeft)),
    fused,
  }
  return { ...left, stages: stagesOf(left, passes.fusion), apart }
}

/** What a node that is computed as a whole takes from memory. */
export function takenBy(node: Node, fused: Plan['fused']): readonly Node[] {
  const found = fused.get(node)
  return found ? [...found.product.inputs, ...found.operands.map((operand) => operand.node)] : node.inputs
}

/** How many elements the loops go over that compute a node. */
function turnsOf({ shape, inputs }: Node): number {
  return Math.max(sizeOf(shape), ...inputs.map((input) => sizeOf(input.shape)))
}

/** Whether a node takes its inputs from memory only. */
function mustLieInMemory(node: Node, kind: Kind): boolean {
  if (kind === 'small' || kind === 'whole') return true
  return kind === 'looped' && inputsAt(node, ownPlace(node.shape)) === undefined
}

/** Which of the nodes that are computed take each node. */
function takersOf(nodes: readonly Node[], computed: readonly Node[]): ReadonlyMap<Node, readonly Node[]> {
  const takers = new Map<Node, Node[]>(nodes.map((node) => [node, []]))
  for (const node of computed) for (const input of new Set(node.inputs)) takers.get(input)!.push(node)
  return takers
}

function stagesOf(
  { kinds, isStored, views, fused }: Omit<Plan, 'stages' | 'apart'>,
  isFused: boolean,
): readonly Stage[] {
  const levels = new Map<Node, number>()
  const stages: Stage[] = []
  const stageAt = (level: number): Stage => (stages[level] ??= { small: [], loops: new Map(), whole: [] })
  const levelOf = (node: Node): number => levels.get(views.get(node) ?? node) ?? 0
  for (const [node, kind] of kinds) {
    const view = views.get(node)
    if (view) {
      // A view of a view: levels are those of what lies in memory.
      levels.set(node, levelOf(view))
      continue
    }
    if (kind === 'given' || (kind === 'looped' && !isStored(node))) continue
    const after = (input: Node, isDone: boolean): number => levelOf(input) + +!isDone
    const isSmall = (input: Node): boolean =>
      kinds.get(views.get(input) ?? input) === 'small' || isGiven(input)
    const isGiven = (input: Node): boolean => kinds.get(views.get(input) ?? input) === 'given'
    if (kind === 'small' || kind === 'whole') {
      const taken = takenBy(node, fused)
      const level = Math.max(0, ...taken.map((input) => after(input, isSmall(input))))
      levels.set(node, level)
      stageAt(level)[kind].push(node)
      continue
    }
    const { roots, fill } = writingOf(node)
    const reads = roots.map((root) => readsOf(root, isStored))
    const level = Math.max(
      0,
      ...roots.flatMap(({ domain }, i) =>
        reads[i]!.map(({ node: read, at }) => {
          const isSame =
            isFused && kinds.get(read) === 'looped' && !views.has(read) && isItsOwn(read, at, domain)
          return after(read, isSmall(read) || isSame)
        }),
      ),
    )
    levels.set(node, level)
    const { loops } = stageAt(level)
    for (const [i, root] of roots.entries()) {
      const key = isFused ? root.domain.join() : `${root.domain} ${node.id} ${i}`
      const group = loops.get(key) ?? { domain: root.domain, roots: [], filled: [], reads: [] }
      loops.set(key, group)
      group.roots.push(root)
      group.reads.push(...reads[i]!)
      if (fill !== undefined) group.filled.push({ node, fill })
    }
  }
  // Levels at which nothing is done are holes.
  return Object.values(stages)
}

/** What loops that write a root read in memory, and where. */
export function readsOf({ node, source, domain }: Root, isStored: Plan['isStored']): readonly Read[] {
  if (source !== node && isStored(source)) {
    return [{ node: source, at: flat(source.shape, ownPlace(domain), domain.length) }]
  }
  const reads: Reads = { nodes: new Set(), accesses: [], indices: [] }
  addReads(reads, source, ownPlace(domain), domain.length, isStored)
  return reads.accesses
}

/** Whether loops over a domain read the very element that they have come to of a node that is written over it, too. */
function isItsOwn(node: Node, at: Linear, domain: Shape): boolean {
  const { shape } = node
  const isWrittenOver = writingOf(node).roots.every((root) => root.domain.join() === domain.join())
  if (!isWrittenOver || shape.join() !== domain.join()) return false
  const own = flat(shape, ownPlace(shape), shape.length)
  return at.offset === own.offset && own.coefficients.every((c, axis) => c === at.coefficients[axis])
}
