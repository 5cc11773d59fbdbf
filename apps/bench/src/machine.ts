import { availableParallelism, cpus } from 'node:os'

/** What the figures were measured on: processor, cores and Node, and what else was used. */
export function machine(others: Record<string, string> = {}): string {
  const processor = cpus()[0]?.model.trim() || process.arch
  const cores = availableParallelism()
  const versions = { Node: process.versions.node, ...others }
  const list = Object.entries(versions).map(([name, version]) => `${name} ${version}`)
  return [`${processor}, ${cores} ${cores === 1 ? 'core' : 'cores'}`, ...list].join(' · ')
}
