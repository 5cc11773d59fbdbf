import type { DirectedGraph } from './directedGraph.ts'

/** What the picture of a graph shows, for those who hear it. */
export function sentencesOf({ nodes, edges, plates }: DirectedGraph): string {
  const sites = nodes.map(({ name, kind }) => {
    const parents = edges
      .filter(({ to }) => to === name)
      .map(({ from, isFromStepBefore }) => (isFromStepBefore ? `${from} of the step before` : from))
    return `${name} (${kind})${parents.length > 0 ? ` depends on ${listed(parents)}` : ''}.`
  })
  const around = plates.map((plate) => {
    const inside = nodes.filter(({ plates: names }) => names.includes(plate.name)).map(({ name }) => name)
    const what = plate.isChain ? 'Chain' : 'Plate'
    return `${what} ${plate.name}, ${plate.size}${inside.length > 0 ? `: ${listed(inside)}` : ''}.`
  })
  return [...sites, ...around].join(' ')
}

function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
}
