import { FormatError, safetensors } from '@variate/core'
import { expect } from 'vitest'

/**
 * Checks that bytes which are not what was saved are refused, and said to be what they are.
 *
 * @param load what reads them.
 * @param foreign those of a fit by another algorithm.
 */
export async function checkRefusals(
  load: (bytes: Uint8Array) => Promise<unknown>,
  bytes: Uint8Array,
  foreign: Uint8Array,
): Promise<void> {
  for (const at of [8, 200, Math.floor(bytes.length / 2), bytes.length - 1]) {
    const damaged = bytes.slice()
    damaged[at]! ^= 1
    await expect(load(damaged)).rejects.toThrow(FormatError)
  }
  const last = bytes.slice()
  last[last.length - 1]! ^= 1
  await expect(load(last)).rejects.toThrow('the bytes are damaged')
  await expect(load(bytes.subarray(0, bytes.length - 8))).rejects.toThrow('cut short')
  await expect(load(foreign)).rejects.toThrow(/it is of \w+, expected one of \w+/)
  for (const [none, got] of [
    [bytes.buffer, 'an ArrayBuffer'],
    ['fit', '"fit"'],
    [undefined, 'undefined'],
    [{}, '{}'],
  ])
    await expect(load(none as never)).rejects.toThrow(
      `expected a fit, or its bytes as a Uint8Array, got ${got as string}`,
    )
  const { tensors, metadata } = safetensors.decode(bytes)
  const newer = safetensors.encode(tensors, { ...metadata, version: '1000' })
  await expect(load(newer)).rejects.toThrow('version 1000 is not 3, which this release reads')
}
