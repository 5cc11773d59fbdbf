import type { Fault } from './faults/fault.ts'
import { FAULTS_OF_DENSITIES } from './faults/ofDensities.ts'
import { FAULTS_OF_DRAWS } from './faults/ofDraws.ts'
import { FAULTS_OF_PROBABILITIES } from './faults/ofProbabilities.ts'

/** The mistakes that are built into each distribution. */
export const FAULTS: readonly Fault[] = [
  ...FAULTS_OF_DENSITIES,
  ...FAULTS_OF_PROBABILITIES,
  ...FAULTS_OF_DRAWS,
]
