import type { Declaration } from './declaration.ts'

/** What a site is, for errors. */
export function whatItIs(site: Declaration): string {
  if ('value' in site && site.value) return 'it has a value already'
  const { kind } = site
  if (kind === 'input') return 'it is an input'
  if (kind === 'param' || kind === 'network') return `it is a ${kind === 'param' ? 'parameter' : 'network'}`
  return `it is ${kind === 'factor' ? 'a factor' : kind}`
}
