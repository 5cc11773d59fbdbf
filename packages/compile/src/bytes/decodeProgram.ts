import { crc32, FormatError } from '@variate/core'
import { HEAD, MAGIC, VERSION, type Description, type PlainProgram } from './format.ts'
import { withValues } from './staticText.ts'

/**
 * The program that bytes hold: a copy, they may be reused.
 *
 * @throws FormatError for bytes that are no program, of another version, cut short or damaged.
 */
export function decodeProgram(bytes: Uint8Array): PlainProgram {
  checkHead(bytes)
  let at: number = HEAD.end
  const next = (length: number): Uint8Array => bytes.slice(at, (at += length))
  const text = new TextDecoder().decode(next(numberAt(bytes, HEAD.description)))
  const { module, codeBytes, constants, given, result, ...rest } = JSON.parse(text) as Description
  const code = next(codeBytes)
  const own = constants.map(({ address, count, length }) => ({ address, count, bytes: next(length) }))
  return {
    program: { ...rest, module: { ...module, code, constants: own } },
    given: withValues(given),
    result: withValues(result),
  }
}

/** The description is read only if the checksum is right: it says what `encodeProgram` wrote. */
function checkHead(bytes: Uint8Array): void {
  const fail = (what: string): never => {
    throw new FormatError(`fromBytes: ${what}`)
  }
  const isOther = MAGIC.some((byte, i) => i < bytes.length && bytes[i] !== byte)
  if (isOther || bytes.length === 0) {
    const start = Array.from(bytes.subarray(0, 8), (x) => x.toString(16).padStart(2, '0')).join(' ')
    fail(
      `these bytes are no compiled program: they begin with ${start || 'nothing'}; pass what toBytes() gave`,
    )
  }
  if (bytes.length < HEAD.end)
    fail(`the program was cut short: its head has ${HEAD.end} bytes, got ${bytes.length}`)
  const version = numberAt(bytes, HEAD.version)
  if (version !== VERSION) {
    fail(
      `the program has version ${version} of the format, and version ${VERSION} is read here: make it again with toBytes() of the ` +
        'same version of @variate/compile',
    )
  }
  const length = numberAt(bytes, HEAD.length)
  if (length > bytes.length)
    fail(`the program was cut short: its head promises ${length} bytes, got ${bytes.length}`)
  if (length < bytes.length) fail(`${bytes.length - length} bytes follow the program, expected none`)
  const [told, sum] = [numberAt(bytes, HEAD.checksum), crc32(bytes.subarray(HEAD.description))]
  if (told !== sum) {
    fail(
      `the program is damaged: its checksum is ${told.toString(16)}, that of its bytes ${sum.toString(16)}`,
    )
  }
}

function numberAt({ buffer, byteOffset }: Uint8Array, at: number): number {
  return new DataView(buffer, byteOffset).getUint32(at, true)
}
