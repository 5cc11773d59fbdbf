import type { ModelGraph } from './graph.ts'
import { nested, type Drawn } from './nested.ts'

type Plain = Omit<ModelGraph, 'toMermaid' | 'toDot'>

/** How a node is drawn, by its kind. */
const STYLES = {
  latent: 'shape=circle',
  observed: 'shape=circle, style=filled, fillcolor="#bbbbbb"',
  deterministic: 'shape=circle, style=dashed',
  factor: 'shape=square, style=filled, fillcolor=black, fontcolor=white',
  input: 'shape=plaintext',
  param: 'shape=box',
  network: 'shape=hexagon',
} as const

/** A digraph in the language of Graphviz. */
export function toDot(graph: Plain): string {
  const lines = [`digraph ${JSON.stringify(graph.name)} {`]
  let clusters = 0
  const write = ({ nodes, plates }: Drawn, indent: string): void => {
    for (const { name, kind } of nodes) lines.push(`${indent}${JSON.stringify(name)} [${STYLES[kind]}];`)
    for (const { plate, inside } of plates) {
      lines.push(`${indent}subgraph cluster_${clusters++} {`)
      lines.push(`${indent}  label=${JSON.stringify(`${plate.name}: ${plate.size}`)};`)
      write(inside, `${indent}  `)
      lines.push(`${indent}}`)
    }
  }
  write(nested(graph), '  ')
  for (const { from, to, isFromStepBefore } of graph.edges) {
    const style = isFromStepBefore ? ' [style=dashed]' : ''
    lines.push(`  ${JSON.stringify(from)} -> ${JSON.stringify(to)}${style};`)
  }
  lines.push('}')
  return lines.join('\n')
}
