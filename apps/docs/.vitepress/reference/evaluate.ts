/* oxlint-disable-next-line import/no-unassigned-import -- a backend registers itself */
import '@tensorflow/tfjs-backend-cpu'
import { env } from '@tensorflow/tfjs-core'
import * as distributions from '@variate/distributions'
import type { Distribution } from '@variate/distributions'

env().set('PROD', true) // without a greeting on the console

const exported = Object.entries(distributions)

/** The distribution that code makes, with all names of the package in scope. */
export function evaluate(code: string): Distribution {
  try {
    const make = new Function(...exported.map(([name]) => name), `'use strict'; return ${code}`)
    return make(...exported.map(([, value]) => value)) as Distribution
  } catch (error) {
    throw new Error(`${code}: ${(error as Error).message}`, { cause: error })
  }
}

/** The names of all functions that the package exports, without other names that they have. */
export function exportedFunctions(): readonly string[] {
  return exported.flatMap(([name, value]) =>
    typeof value === 'function' && value.name === name ? [name] : [],
  )
}

/** The names of the bijectors that the package exports. */
export function exportedBijectors(): readonly string[] {
  return Object.keys(distributions.biject)
}
