import { crc32 } from '@variate/core'
import { HEAD, MAGIC, VERSION, type Description, type PlainProgram } from './format.ts'
import { withTexts } from './staticText.ts'

/** A program as bytes. */
export function encodeProgram({ program, given, result }: PlainProgram): Uint8Array<ArrayBuffer> {
  const { module, inputs, outputs, explanation } = program
  const { code, constants, ...rest } = module
  const description: Description = {
    module: rest,
    codeBytes: code.length,
    constants: constants.map(({ address, bytes, count }) => ({ address, count, length: bytes.length })),
    inputs,
    outputs,
    explanation,
    given: withTexts(given),
    result: withTexts(result),
  }
  const text = new TextEncoder().encode(JSON.stringify(description))
  const parts = [text, code, ...constants.map(({ bytes }) => bytes)]
  const length = parts.reduce<number>((sum, part) => sum + part.length, HEAD.end)
  const out = new Uint8Array(length)
  const head = new DataView(out.buffer)
  let at: number = HEAD.end
  for (const part of parts) {
    out.set(part, at)
    at += part.length
  }
  out.set(MAGIC)
  head.setUint32(HEAD.version, VERSION, true)
  head.setUint32(HEAD.length, length, true)
  head.setUint32(HEAD.description, text.length, true)
  head.setUint32(HEAD.checksum, crc32(out.subarray(HEAD.description)), true)
  return out
}
