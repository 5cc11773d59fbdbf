import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readDocstrings, readInterfaces, type Docstring, type Param } from './docstring.ts'

const SOURCES = join(import.meta.dirname, '../../../../packages/distributions/src')

/** The docstrings of the files of a folder of the package, by name. */
export function docstringsIn(folder: string): ReadonlyMap<string, Docstring> {
  const read = folders.get(folder) ?? readFolder(folder)
  folders.set(folder, read)
  return read
}

const folders = new Map<string, ReadonlyMap<string, Docstring>>()

function readFolder(folder: string): ReadonlyMap<string, Docstring> {
  const files = readdirSync(join(SOURCES, folder)).filter((file) => file.endsWith('.ts'))
  const all = files.flatMap((file) => readDocstrings(readSource(join(folder, file))))
  return new Map(all.map((docstring) => [docstring.name, docstring]))
}

/** What is said of each of a function's parameters; of options that it says nothing of, what their type says. */
export function parametersOf({ parameters, params, paragraphs, throws }: Docstring): readonly Param[] {
  const text = [...paragraphs, ...throws].join('\n')
  return parameters.flatMap(({ name, type }) => {
    const said = params.filter((param) => param.name.replace(/\..*/, '') === name)
    if (said.length > 0) return said
    const fields = type === undefined ? [] : (interfaces().get(type) ?? [])
    if (fields.length > 0) return fields.map((field) => ({ ...field, name: `${name}.${field.name}` }))
    // What a combinator is made of is what its first sentence is about.
    return name === 'base' || text.includes(`\`${name}\``) ? [] : [{ name, text: '' }]
  })
}

let known: ReadonlyMap<string, readonly Param[]> | undefined

function interfaces(): ReadonlyMap<string, readonly Param[]> {
  const files = readdirSync(SOURCES).filter((file) => file.endsWith('.ts'))
  return (known ??= new Map(files.flatMap((file) => [...readInterfaces(readSource(file))])))
}

export function readSource(path: string): string {
  return readFileSync(join(SOURCES, path), 'utf8')
}
