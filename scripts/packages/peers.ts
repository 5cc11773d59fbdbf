import type { Manifest, Package } from '../lib/workspace.ts'
import { isPublic } from './anatomy.ts'

/** Packages that let npm install a peer of what they stand on, without naming it as their own; empty when all is well. */
export function peerProblems(packages: readonly Package[]): readonly string[] {
  const byName = new Map(packages.map(({ manifest }) => [manifest.name, manifest]))
  return packages.filter(isPublic).flatMap(({ folder, manifest }) => {
    const own = new Set(requiredPeers(manifest))
    return Object.keys(manifest.dependencies ?? {}).flatMap((dependency) => {
      const target = byName.get(dependency)
      const unnamed = target ? requiredPeers(target).filter((peer) => !own.has(peer)) : []
      return unnamed.map(
        (peer) => `packages/${folder}: ${dependency} brings its peer ${peer}, which is none of its own`,
      )
    })
  })
}

function requiredPeers({ peerDependencies = {}, peerDependenciesMeta = {} }: Manifest): readonly string[] {
  return Object.keys(peerDependencies).filter((name) => !peerDependenciesMeta[name]?.optional)
}
