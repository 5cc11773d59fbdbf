import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { filesBelow } from './files.ts'
import { root } from './root.ts'

/** A target of an `exports` or `imports` map: a file, nothing, or one target for each condition. */
export type Target = string | null | { readonly [condition: string]: Target }

export type Targets = Readonly<Record<string, Target>>

/** The part of a package.json that the checks read. */
export interface Manifest {
  readonly name: string
  readonly version?: string
  readonly private?: boolean
  readonly description?: string
  readonly license?: string
  readonly type?: string
  readonly sideEffects?: unknown
  readonly engines?: Readonly<Record<string, string>>
  readonly files?: readonly string[]
  readonly exports?: Targets
  readonly imports?: Targets
  readonly publishConfig?: {
    readonly access?: string
    readonly exports?: Targets
    readonly imports?: Targets
  }
  readonly scripts?: Readonly<Record<string, string>>
  readonly dependencies?: Readonly<Record<string, string>>
  readonly peerDependencies?: Readonly<Record<string, string>>
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>
  readonly devDependencies?: Readonly<Record<string, string>>
}

/** A file as the checks see it: its path inside the package, with forward slashes. */
export interface SourceFile {
  readonly path: string
  readonly text: string
}

export interface Package {
  /** The folder below `packages/`. */
  readonly folder: string
  readonly manifest: Manifest
  /** TypeScript below src, test and scripts. */
  readonly files: readonly SourceFile[]
  /** The README's text; undefined without one. */
  readonly readme: string | undefined
}

/** Every package below `packages/`, in the order of their names. */
export function readPackages(): readonly Package[] {
  return readdirSync(join(root, 'packages'))
    .filter((folder) => existsSync(join(root, 'packages', folder, 'package.json')))
    .map(readPackage)
}

function readPackage(folder: string): Package {
  const at = join(root, 'packages', folder)
  const readme = join(at, 'README.md')
  return {
    folder,
    manifest: JSON.parse(readFileSync(join(at, 'package.json'), 'utf8')) as Manifest,
    files: ['src', 'test', 'scripts'].flatMap((part) =>
      filesBelow(`packages/${folder}/${part}`, '.ts').map((path) => ({
        path: path.slice(`packages/${folder}/`.length),
        text: readFileSync(join(root, path), 'utf8'),
      })),
    ),
    readme: existsSync(readme) ? readFileSync(readme, 'utf8') : undefined,
  }
}
