import type { DirectedGraph } from './directedGraph.ts'
import { componentsOf, type Component, type PlateBox } from './plateBoxes.ts'

/** What lies in the same boxes: nodes, and what is nested deeper. */
export interface Region {
  /** The boxes of its group that hold it. */
  readonly boxes: readonly PlateBox[]
  readonly nodes: readonly string[]
  readonly groups: readonly Group[]
}

/** A box with its inside, or boxes that cross: their regions stand side by side, in this order. */
export interface Group {
  readonly boxes: readonly PlateBox[]
  readonly regions: readonly Region[]
}

/** The plates of a graph as a tree: the region outside of all. */
export function plateTree(graph: DirectedGraph): Region {
  const union = ({ boxes }: Component): ReadonlySet<string> =>
    new Set(boxes.flatMap(({ members }) => [...members]))
  // The larger is the outer; of equals the one that was opened first, but what crosses is within what does not.
  const sorted = componentsOf(graph)
    .map((component) => ({ component, members: union(component) }))
    .toSorted(
      (a, b) => b.members.size - a.members.size || a.component.boxes.length - b.component.boxes.length,
    )
  const regionOf = (
    boxes: readonly PlateBox[],
    members: ReadonlySet<string>,
    inside: typeof sorted,
  ): Region => {
    const groups: Group[] = []
    const nodes = new Set(members)
    let left = inside
    for (let outer = left[0]; outer !== undefined; outer = left[0]) {
      left = left.slice(1)
      const { component } = outer
      const regions = component.parts.map((part) => {
        const within = left.filter((other) => [...other.members].every((name) => part.members.has(name)))
        left = left.filter((other) => !within.includes(other))
        return regionOf(part.boxes, part.members, within)
      })
      groups.push({ boxes: component.boxes, regions })
      for (const name of outer.members) nodes.delete(name)
    }
    return { boxes, nodes: [...nodes], groups }
  }
  return regionOf([], new Set(graph.nodes.map(({ name }) => name)), sorted)
}

/** The regions of a group and all that are nested in them, the innermost first. */
export function groupsWithin(region: Region): readonly Group[] {
  return region.groups.flatMap((group) => [...group.regions.flatMap(groupsWithin), group])
}

/** The nodes of a region, with those nested in it. */
export function namesIn({ nodes, groups }: Region): readonly string[] {
  return [...nodes, ...groups.flatMap(({ regions }) => regions.flatMap(namesIn))]
}
