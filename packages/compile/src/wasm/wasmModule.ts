import { Bytes, unsigned, utf8 } from './encode.ts'
import { I32, type ValueType } from './value.ts'

export interface Signature {
  readonly parameters: readonly ValueType[]
  readonly results: readonly ValueType[]
}

/** A function that the module imports as `env.<name>`. */
export interface ImportedFunction extends Signature {
  readonly name: string
}

/** A function of the module, exported if it has a name. */
export interface DefinedFunction extends Signature {
  readonly name?: string | undefined
  /** As `FunctionBody.finish` gives it. */
  readonly body: Uint8Array
}

const HEADER = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00]
const [FUNCTION, MEMORY] = [0x00, 0x02]

/** What a module has for threads: memory that they share, and a global int32 of each, which says which it is. */
export interface Shared {
  readonly isMemoryShared: boolean
}

/**
 * The bytes of a module that imports `env.memory`, of at least `pages` of 64 KiB, where it is shared of just these. Imported
 * functions are counted first.
 */
export function wasmModule(
  imported: readonly ImportedFunction[],
  defined: readonly DefinedFunction[],
  pages: number,
  shared?: Shared,
): Uint8Array {
  const types: string[] = []
  const typeOf = ({ parameters, results }: Signature): number => {
    const key = [0x60, parameters.length, ...parameters, results.length, ...results].join()
    const index = types.indexOf(key)
    return index >= 0 ? index : types.push(key) - 1
  }
  const env = utf8('env')
  const imports = imported.map((f) => [...env, ...utf8(f.name), FUNCTION, ...unsigned(typeOf(f))])
  const functions = defined.map((f) => unsigned(typeOf(f)))
  const limits = shared?.isMemoryShared
    ? [0x03, ...unsigned(pages), ...unsigned(pages)]
    : [0x00, ...unsigned(pages)]
  const memory = [...env, ...utf8('memory'), MEMORY, ...limits]
  const exports = defined.flatMap(({ name }, i) =>
    name === undefined ? [] : [[...utf8(name), FUNCTION, ...unsigned(imported.length + i)]],
  )
  const bodies = defined.map(({ body }) => new Bytes().sized(body).data)
  const out = new Bytes().append(HEADER)
  const section = (id: number, items: readonly ArrayLike<number>[]): void => {
    out.push(id).sized(new Bytes().list(items).data)
  }
  section(
    1,
    types.map((key) => key.split(',').map(Number)),
  )
  section(2, [memory, ...imports])
  section(3, functions)
  if (shared) section(6, [[I32, 0x01, 0x41, 0x00, 0x0b]])
  section(7, exports)
  section(10, bodies)
  return out.data
}
