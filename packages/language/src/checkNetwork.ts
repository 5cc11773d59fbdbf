import { DomainError, key, NdArray, ShapeError } from '@variate/core'
import { shown } from '@variate/core/internal'
import type { Declaration } from './declaration.ts'
import { entryOf } from './entryOf.ts'
import type { AnyNetwork, NetworkParams } from './networks/network.ts'

/** Parameters that each network begins with: those that it is given are of their shapes. */
const begun = new WeakMap<AnyNetwork, NetworkParams>()

/**
 * Checks what a network is given against what it begins with.
 *
 * @throws DomainError for other layers, names, or what are no arrays; ShapeError for arrays of other shapes.
 */
export function checkNetwork(
  { name, network }: Declaration & { readonly kind: 'network' },
  params: unknown,
  who: string,
): void {
  const expected = begun.get(network) ?? network.init(key(0))
  begun.set(network, expected)
  compare(expected, params, '', `${who}: network "${name}"`)
}

function compare(expected: NetworkParams, got: unknown, path: string, who: string): void {
  const where = path === '' ? `${who} ` : `${who}: ${path} `
  if (expected instanceof NdArray) {
    const shape = shapeOf(got)
    if (!shape)
      throw new DomainError(`${where}must be an NdArray of shape [${expected.shape}], got ${shown(got)}`)
    if (String(shape) === String(expected.shape)) return
    throw new ShapeError(`${where}has shape [${shape}], expected [${expected.shape}]`)
  }
  if (isList(expected)) {
    const [one, many] = path === '' ? ['layer', 'layers'] : ['entry', 'entries']
    const counted = ({ length }: readonly unknown[]): string => `${length} ${length === 1 ? one : many}`
    if (!isList(got))
      throw new DomainError(`${where}must be a list of ${counted(expected)}, got ${shown(got)}`)
    if (got.length !== expected.length)
      throw new DomainError(`${where}has ${counted(got)}, expected ${expected.length}`)
    for (const [i, item] of expected.entries()) compare(item, got[i], `${path}[${i}]`, who)
    return
  }
  const names = Object.keys(expected)
  if (typeof got !== 'object' || got === null || isList(got) || shapeOf(got))
    throw new DomainError(`${where}must be a record of ${names.join(', ')}, got ${shown(got)}`)
  const entries = got as Readonly<Record<string, unknown>>
  const more = Object.keys(entries).find((own) => !names.includes(own))
  if (more !== undefined) throw new DomainError(`${where}has "${more}", expected ${names.join(', ')}`)
  for (const own of names) {
    const item = entryOf(entries, own)
    if (item === undefined) throw new DomainError(`${where}has no "${own}"`)
    compare(entryOf(expected, own)!, item, path === '' ? own : `${path}.${own}`, who)
  }
}

/** The shape of an array or a tensor. */
function shapeOf(x: unknown): readonly number[] | undefined {
  if (x instanceof NdArray) return x.shape
  const isTensor = typeof x === 'object' && x !== null && 'dataSync' in x
  return isTensor ? (x as unknown as NdArray).shape : undefined
}

function isList(x: unknown): x is readonly unknown[] & readonly NetworkParams[] {
  return Array.isArray(x)
}
