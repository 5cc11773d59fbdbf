import type { ModelGraph } from './graph.ts'
import { nested, type Drawn } from './nested.ts'
import { plateLabel } from './plateLabel.ts'

type Plain = Omit<ModelGraph, 'toMermaid' | 'toDot'>

/** How a node is drawn, by its kind: circles that long names make wider, small marks for what is not random. */
const STYLES = {
  latent: '',
  observed: 'style=filled, fillcolor="#cbd2d9"',
  deterministic: 'peripheries=2',
  factor: 'shape=box, style=filled, fillcolor=black, fontcolor=white, width=0.2, height=0.2',
  input: 'shape=box, style="rounded,filled", fillcolor="#cbd2d9", color="#cbd2d9", width=0.3, height=0.25',
  param: 'shape=plaintext, width=0.3, height=0.25',
  network: 'shape=box, style=rounded, height=0.4',
} as const

const LOOK = [
  'graph [fontname="Helvetica", fontsize=11, fontcolor="#616e7c", labelloc=b, labeljust=r, style=rounded, color="#52606d", nodesep=0.35];',
  'node [fontname="Helvetica", fontsize=12, shape=ellipse, width=0.6, height=0.6, margin="0.08,0"];',
  'edge [fontname="Helvetica", fontsize=10, fontcolor="#616e7c", arrowsize=0.7];',
]

/** A digraph in the language of Graphviz. */
export function toDot(graph: Plain): string {
  const lines = [`digraph ${quoted(graph.name)} {`, ...LOOK.map((line) => `  ${line}`)]
  let clusters = 0
  const write = ({ nodes, plates }: Drawn, indent: string): void => {
    for (const { name, kind } of nodes) {
      lines.push(`${indent}${quoted(name)}${STYLES[kind] === '' ? '' : ` [${STYLES[kind]}]`};`)
    }
    for (const { plate, inside } of plates) {
      lines.push(`${indent}subgraph cluster_${clusters++} {`)
      lines.push(`${indent}  label=${quoted(plateLabel(plate))};`)
      write(inside, `${indent}  `)
      lines.push(`${indent}}`)
    }
  }
  write(nested(graph), '  ')
  const factors = new Set(graph.nodes.filter(({ kind }) => kind === 'factor').map(({ name }) => name))
  for (const { from, to, isFromStepBefore } of graph.edges) {
    const style = [
      ...(isFromStepBefore ? ['style=dashed, label="t−1"'] : []),
      ...(factors.has(to) ? ['arrowhead=none'] : []),
    ].join(', ')
    lines.push(`  ${quoted(from)} -> ${quoted(to)}${style === '' ? '' : ` [${style}]`};`)
  }
  lines.push('}')
  return lines.join('\n')
}

/** Names as they are: in DOT's strings a backslash begins an escape, and only a quote needs one. */
function quoted(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`
}
