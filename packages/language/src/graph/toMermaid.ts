import type { ModelGraph } from './graph.ts'
import { nested, type Drawn } from './nested.ts'
import { plateLabel } from './plateLabel.ts'

type Plain = Omit<ModelGraph, 'toMermaid' | 'toDot'>

/** How a node is drawn, by its kind. */
const SHAPES = {
  latent: ['((', '))'],
  observed: ['((', '))'],
  deterministic: ['(((', ')))'],
  factor: ['[', ']'],
  input: ['(', ')'],
  param: ['[', ']'],
  network: ['[[', ']]'],
} as const

/** Colours with their text, so that they are legible on dark pages as well; the others are the page's. */
const CLASSES: Partial<Record<keyof typeof SHAPES, string>> = {
  observed: 'fill:#cbd2d9,stroke:#52606d,color:#1f2933',
  factor: 'fill:#1f2933,stroke:#52606d,color:#ffffff',
  input: 'fill:#cbd2d9,stroke:none,color:#1f2933',
  param: 'fill:none,stroke:none',
}

/** A flowchart in Mermaid's language. */
export function toMermaid(graph: Plain): string {
  const lines: string[] = ['flowchart TD']
  const ids = new Map(graph.nodes.map(({ name }, i) => [name, `n${i}`]))
  const kinds = new Map(graph.nodes.map(({ name, kind }) => [name, kind]))
  let plateCount = 0
  const write = ({ nodes, plates }: Drawn, indent: string): void => {
    for (const { name, kind } of nodes) {
      const [open, close] = SHAPES[kind]
      const suffix = CLASSES[kind] === undefined ? '' : `:::${kind}`
      lines.push(`${indent}${ids.get(name)}${open}${quoted(name)}${close}${suffix}`)
    }
    for (const { plate, inside } of plates) {
      lines.push(`${indent}subgraph p${plateCount++} [${quoted(plateLabel(plate))}]`)
      write(inside, `${indent}  `)
      lines.push(`${indent}end`)
    }
  }
  write(nested(graph), '  ')
  for (const { from, to, isFromStepBefore } of graph.edges) {
    const arrow = isFromStepBefore ? '-. "t−1" .->' : kinds.get(to) === 'factor' ? '---' : '-->'
    lines.push(`  ${ids.get(from)} ${arrow} ${ids.get(to)}`)
  }
  for (const [kind, style] of Object.entries(CLASSES)) {
    if (graph.nodes.some((node) => node.kind === kind)) lines.push(`  classDef ${kind} ${style}`)
  }
  return lines.join('\n')
}

/** Text between quotes; what has a meaning there, or in HTML, by its number. */
function quoted(text: string): string {
  return `"${text.replaceAll(/[#"<>&`]/g, (character) => `#${character.charCodeAt(0)};`)}"`
}
