import type { ModelGraph } from './graph.ts'
import { nested, type Drawn } from './nested.ts'

type Plain = Omit<ModelGraph, 'toMermaid' | 'toDot'>

/** How a node is drawn, by its kind. */
const SHAPES = {
  latent: ['((', '))'],
  observed: ['((', '))'],
  deterministic: ['[', ']'],
  factor: ['[[', ']]'],
  input: ['[/', '/]'],
  param: ['[', ']'],
  network: ['{{', '}}'],
} as const

/** A flowchart in Mermaid's language. */
export function toMermaid(graph: Plain): string {
  const lines: string[] = ['flowchart TD']
  const ids = new Map(graph.nodes.map(({ name }, i) => [name, `n${i}`]))
  const write = ({ nodes, plates }: Drawn, indent: string): void => {
    for (const { name, kind } of nodes) {
      const [open, close] = SHAPES[kind]
      lines.push(
        `${indent}${ids.get(name)}${open}"${name}"${close}${kind === 'observed' ? ':::observed' : ''}`,
      )
    }
    for (const { plate, inside } of plates) {
      lines.push(`${indent}subgraph ${plate.name} ["${plate.name}: ${plate.size}"]`)
      write(inside, `${indent}  `)
      lines.push(`${indent}end`)
    }
  }
  write(nested(graph), '  ')
  for (const { from, to, isFromStepBefore } of graph.edges) {
    lines.push(`  ${ids.get(from)} ${isFromStepBefore ? '-.->' : '-->'} ${ids.get(to)}`)
  }
  lines.push('  classDef observed fill:#bbb')
  return lines.join('\n')
}
