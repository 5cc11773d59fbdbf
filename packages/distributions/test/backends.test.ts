import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm'
import { backendLaws, type DistributionLawsOptions } from '@variate/testing'
import * as distributions from '../src/index.ts'
import { combinations } from './combinations.ts'

// The binary lies beside the module: in Node it is read from there.
setWasmPaths(fileURLToPath(new URL('./', import.meta.resolve('@tensorflow/tfjs-backend-wasm'))))

const folder = new URL('oracles/', import.meta.url)

for (const file of readdirSync(folder)) {
  const name = file.replace('.json', '')
  const make = (distributions as unknown as Record<string, DistributionLawsOptions['make'] | undefined>)[name]
  const oracle: unknown = JSON.parse(readFileSync(new URL(file, folder), 'utf8'))
  if (make && !Array.isArray(oracle)) backendLaws(name, { make, oracle }, 'wasm')
}

for (const [name, combination] of Object.entries(combinations)) backendLaws(name, combination, 'wasm')
