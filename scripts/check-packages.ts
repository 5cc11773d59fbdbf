import { readPackages } from './lib/workspace.ts'
import { anatomyProblems } from './packages/anatomy.ts'
import { arrowProblems } from './packages/arrows.ts'
import { peerProblems } from './packages/peers.ts'
import { strayProblems } from './packages/strays.ts'
import { umbrellaProblems } from './packages/umbrella.ts'

/** What is wrong with the packages as parts of one whole: arrows, anatomy, peers, the umbrella's names, tests that never run. */
export function packageProblems(): readonly string[] {
  const packages = readPackages()
  return [
    ...arrowProblems(packages),
    ...anatomyProblems(packages),
    ...peerProblems(packages),
    ...umbrellaProblems(packages),
    ...strayProblems(),
  ]
}
