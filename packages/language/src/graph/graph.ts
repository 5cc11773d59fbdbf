import { ShapeError, VariateError } from '@variate/core'
import { bind, type Bound } from '../bind.ts'
import type { Declaration, RandomSite } from '../declaration.ts'
import { entryOf } from '../entryOf.ts'
import { titleOf, type Program } from '../program.ts'
import type { Reads } from '../reads.ts'
import { toDot } from './toDot.ts'
import { toMermaid } from './toMermaid.ts'

export interface GraphNode {
  readonly name: string
  readonly kind: Declaration['kind']
  /** The plates around it, the outermost first. */
  readonly plates: readonly string[]
  /** The name of its distribution, if it has one. */
  readonly distribution: string | undefined
}

export interface GraphEdge {
  readonly from: string
  readonly to: string
  /** Whether it is the value of the step before that is read. */
  readonly isFromStepBefore: boolean
}

export interface GraphPlate {
  readonly name: string
  readonly size: number | string
  readonly isChain: boolean
}

/** What a model declares, and what each site reads. */
export interface ModelGraph {
  readonly name: string
  readonly nodes: readonly GraphNode[]
  readonly edges: readonly GraphEdge[]
  readonly plates: readonly GraphPlate[]
  /** A flowchart in Mermaid's language: observations are shaded. */
  toMermaid(): string
  /** A digraph in the language of Graphviz. */
  toDot(): string
}

export interface ProgramOptions {
  readonly given?: Readonly<Record<string, unknown>>
  readonly sizes?: Readonly<Record<string, number>>
}

/** How many elements there are where neither data nor options tell: what is read does not depend on it. */
const ANY_SIZE = 3

/** Whether a site is told of: of what a guide sees, what it reads. */
function shown({ declarations, guides }: Program, reads: Reads): readonly Declaration[] {
  return declarations.filter(
    ({ kind, name }) => !guides || kind !== 'input' || declarations.some((other) => reads.has(other, name)),
  )
}

/** What depends on what: read from what each site's function uses, which is run in a trace. */
export function graphOf(program: Program, options: ProgramOptions = {}): ModelGraph {
  const { distributions, reads } = boundAnyhow(program, options, 'graph')
  const nodes = shown(program, reads).map((site): GraphNode => {
    const distribution = distributions.get(site as RandomSite)?.name
    return { name: site.name, kind: site.kind, plates: site.plates, distribution }
  })
  const edges = program.declarations.flatMap((site): GraphEdge[] => {
    const { now, before } = reads.of(site)
    const edge = (from: string, isFromStepBefore: boolean): GraphEdge => ({
      from,
      to: site.name,
      isFromStepBefore,
    })
    return [...[...now].map((from) => edge(from, false)), ...[...before].map((from) => edge(from, true))]
  })
  const plates = [...program.plates].map(([name, { size, isChain }]) => ({ name, size, isChain }))
  const graph = { name: program.name, nodes, edges, plates }
  return { ...graph, toMermaid: () => toMermaid(graph), toDot: () => toDot(graph) }
}

/** A program with sizes for what nothing settles, and shapes of inputs that are not given as numbers. */
export function boundAnyhow(
  program: Program,
  { given = {}, sizes = {} }: ProgramOptions,
  who: string,
): Bound {
  const open = [...program.plates.values()].flatMap(({ size }) => (typeof size === 'string' ? [size] : []))
  const settled = program.declarations
    .filter((site) => entryOf(given, site.name) !== undefined || ('value' in site && site.value))
    .flatMap(({ plates }) => plates.map((plate) => program.plates.get(plate)!.size))
  const all: Record<string, number> = { ...sizes }
  for (const size of open) if (!settled.includes(size)) all[size] ??= ANY_SIZE
  const where = `${titleOf(program)}: ${who}`
  try {
    return bind(program, given, { sizes: all, who: where, needed: () => false })
  } catch (error) {
    const open = program.declarations.flatMap((site) =>
      site.kind === 'input' && !site.value && entryOf(given, site.name) === undefined ? [site.name] : [],
    )
    if (open.length === 0 || !(error instanceof VariateError) || !error.message.startsWith('site '))
      throw error
    throw new ShapeError(
      `${where}: inputs that are not given are taken for numbers: pass given: { ${open.join(', ')} } if they are not (${error.message})`,
      { cause: error },
    )
  }
}
