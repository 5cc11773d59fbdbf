import { importsOf } from '../lib/imports.ts'
import type { Package } from '../lib/workspace.ts'

type Arrows = Readonly<Record<string, readonly string[]>>

/**
 * The one table of directions: whom each package stands on. It may use those and whatever they stand on;
 * an arrow never turns back.
 */
export const ARROWS: Arrows = {
  core: [],
  compile: ['core'],
  distributions: ['core'],
  language: ['distributions', 'compile'],
  families: ['language'],
  estimators: ['distributions', 'compile'],
  inference: ['language', 'families', 'estimators'],
  models: ['inference'],
  data: ['core'],
  plot: ['core'],
  variate: ['models', 'data', 'plot'],
  testing: ['core'],
  conformance: ['variate', 'testing'],
}

/** All that a package may use by the table: the transitive closure of its arrows. */
export function reach(folder: string, arrows: Arrows = ARROWS): ReadonlySet<string> {
  const found = new Set<string>()
  const walk = (from: string): void => {
    for (const to of arrows[from] ?? []) {
      if (!found.has(to)) {
        found.add(to)
        walk(to)
      }
    }
  }
  walk(folder)
  return found
}

/** A cycle in a graph of packages, as the path that closes it; undefined if there is none. */
export function findCycle(graph: Arrows): readonly string[] | undefined {
  const done = new Set<string>()
  const walk = (node: string, path: readonly string[]): readonly string[] | undefined => {
    if (path.includes(node)) return [...path.slice(path.indexOf(node)), node]
    if (done.has(node)) return undefined
    for (const next of graph[node] ?? []) {
      const cycle = walk(next, [...path, node])
      if (cycle) return cycle
    }
    done.add(node)
    return undefined
  }
  for (const node of Object.keys(graph)) {
    const cycle = walk(node, [])
    if (cycle) return cycle
  }
  return undefined
}

/** Where the packages' dependencies and imports leave the table; empty when all is well. */
export function arrowProblems(packages: readonly Package[]): readonly string[] {
  const byName = new Map(packages.map((item) => [item.manifest.name, item]))
  const folders = (versions: Readonly<Record<string, string>> = {}): string[] =>
    Object.keys(versions).flatMap((name) => byName.get(name)?.folder ?? [])

  const graph = Object.fromEntries(
    packages.map(({ folder, manifest }) => {
      const { dependencies, peerDependencies, devDependencies } = manifest
      return [folder, folders({ ...dependencies, ...peerDependencies, ...devDependencies })]
    }),
  )
  const cycle = findCycle(graph)
  const problems = cycle ? [`the packages depend on each other in a cycle: ${cycle.join(' → ')}`] : []

  for (const item of packages) {
    const { folder, manifest } = item
    if (!(folder in ARROWS))
      problems.push(`packages/${folder}: not in the table of scripts/packages/arrows.ts`)
    for (const to of folders({ ...manifest.dependencies, ...manifest.peerDependencies })) {
      if (!reach(folder).has(to))
        problems.push(`packages/${folder}: may not depend on ${to}, its arrow turns back`)
    }
    for (const to of folders(manifest.devDependencies)) {
      if (reach(to).has(folder))
        problems.push(`packages/${folder}: its tests may not use ${to}, which stands on it`)
    }
    problems.push(...importProblems(item, byName))
  }
  return problems
}

function importProblems(item: Package, byName: ReadonlyMap<string, Package>): readonly string[] {
  const { dependencies, peerDependencies, devDependencies, name: own } = item.manifest
  const shipped = { ...dependencies, ...peerDependencies, [own]: '' }
  return item.files.flatMap(({ path, text }) => {
    const declared = path.startsWith('src/') ? shipped : { ...shipped, ...devDependencies }
    const at = `packages/${item.folder}/${path}`
    return importsOf(path, text).flatMap((specifier) => {
      if (specifier.startsWith('.')) {
        const leaves = new URL(specifier, `file:///${item.folder}/${path}`).pathname
        return leaves.startsWith(`/${item.folder}/`)
          ? []
          : [`${at}: '${specifier}' reaches into another package`]
      }
      const name = specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/')
      const target = byName.get(name)
      if (!target) return []
      if (!(name in declared)) return [`${at}: imports ${name}, which package.json does not declare for it`]
      const subpath = `.${specifier.slice(name.length)}`
      const known = subpath in (target.manifest.exports ?? {})
      return known ? [] : [`${at}: '${specifier}' is a deep import, ${name} does not export '${subpath}'`]
    })
  })
}
