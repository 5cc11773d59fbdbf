import { copyFileSync, mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { command, tool, type Finished } from '../lib/command.ts'
import type { Package } from '../lib/workspace.ts'
import type { Tarball } from '../pack.ts'

/** What a program that computes with tensors imports beside the packages. */
const BACKEND = '@tensorflow/tfjs-backend-cpu'

/** Packages of tensors whose peer is optional all the same: packages that need none depend on them for a subpath. */
const OF_TENSORS: ReadonlySet<string> = new Set(
  ['compile', 'distributions', 'estimators', 'families', 'inference', 'language'].map(
    (folder) => `@variate/${folder}`,
  ),
)

type Versions = Readonly<Record<string, string>>

/** Installs the tarballs together in an empty project and uses them as a stranger would. */
export async function consume(tarballs: readonly Tarball[], folder: string): Promise<readonly Finished[]> {
  mkdirSync(folder)
  const own = Object.fromEntries(tarballs.map(({ item, file }) => [item.manifest.name, `file:${file}`]))
  const peers = Object.assign({}, ...tarballs.map(({ item }) => item.manifest.peerDependencies)) as Versions
  writeJson(join(folder, 'package.json'), {
    private: true,
    type: 'module',
    dependencies: { ...peers, [BACKEND]: peers['@tensorflow/tfjs-core']!, ...own },
    overrides: Object.fromEntries(Object.keys(own).map((name) => [name, `$${name}`])),
  })
  const install = await command(
    'npm',
    ['install', '--prefer-offline', '--no-audit', '--no-fund', '--ignore-scripts'],
    {
      cwd: folder,
    },
  )
  if (!install.ok) return [install]

  copyFileSync(join(import.meta.dirname, 'smoke.js'), join(folder, 'smoke.js'))
  const bare = tarballs.filter(({ item }) => !needsPeer(item)).map(({ item }) => item.manifest.name)
  const all = tarballs.flatMap(({ item }) => moduleNames(item))
  const smoke = (names: readonly string[], ...flags: readonly string[]): Promise<Finished> =>
    command(process.execPath, [...flags, 'smoke.js', ...names], { cwd: folder })
  return [
    install,
    await withoutPeers(folder, Object.keys(peers), () => smoke(bare)),
    await smoke(all),
    await smoke(all, '--conditions=@variate/source'),
    ...(await checkTypes(folder, all)),
  ]
}

/** Whether a package's main module cannot do without one of its peers. */
function needsPeer({ manifest }: Package): boolean {
  const { name, peerDependencies = {}, peerDependenciesMeta = {} } = manifest
  return (
    OF_TENSORS.has(name) ||
    Object.keys(peerDependencies).some((name) => !peerDependenciesMeta[name]?.optional)
  )
}

/** What an optional peer is for can be had with it alone; everything else works while it is not installed. */
async function withoutPeers(
  folder: string,
  names: readonly string[],
  run: () => Promise<Finished>,
): Promise<Finished> {
  const places = names.map(
    (name, i) => [join(folder, 'node_modules', name), join(folder, `peer-${i}`)] as const,
  )
  for (const [place, aside] of places) renameSync(place, aside)
  const finished = await run()
  for (const [place, aside] of places) renameSync(aside, place)
  return finished
}

/** A consumer's program is type-checked as Node and as bundlers resolve, and with our own condition set. */
async function checkTypes(folder: string, names: readonly string[]): Promise<readonly Finished[]> {
  const lines = names.map((name, i) => `import * as m${i} from '${name}'\nexport const n${i}: object = m${i}`)
  writeFileSync(join(folder, 'consumer.ts'), `${lines.join('\n')}\n`)
  const settings = [
    { module: 'nodenext', moduleResolution: 'nodenext' },
    { module: 'esnext', moduleResolution: 'bundler' },
    { module: 'nodenext', moduleResolution: 'nodenext', customConditions: ['@variate/source'] },
  ]
  const runs: Finished[] = []
  for (const [i, setting] of settings.entries()) {
    const compilerOptions = {
      ...setting,
      target: 'es2022',
      lib: ['es2023', 'dom', 'esnext.disposable'],
      types: [],
      strict: true,
      noEmit: true,
      skipLibCheck: false,
    }
    writeJson(join(folder, `tsconfig.${i}.json`), { compilerOptions, files: ['consumer.ts'] })
    runs.push(
      ownErrors(await tool('tsc', ['-p', `tsconfig.${i}.json`, '--pretty', 'false'], { cwd: folder })),
    )
  }
  return runs
}

/** The compiler reads every declaration file; those of packages outside, which have errors, are not ours. */
function ownErrors({ ok, output, errors }: Finished): Finished {
  const own = output.split('\n').filter((line) => !/^(\s|$|\S*node_modules\/(?!@?variate\/))/.test(line))
  return { ok: ok || own.length === 0, output: own.join('\n'), errors }
}

/** All that can be imported from a package: its main module and those of its subpaths that are code. */
function moduleNames({ manifest }: Package): readonly string[] {
  return Object.entries(manifest.exports ?? {})
    .filter(([, target]) => typeof target === 'object' && target !== null)
    .map(([subpath]) => manifest.name + subpath.slice(1))
}

function writeJson(path: string, value: unknown): void {
  writeFileSync(path, `${JSON.stringify(value, null, 2)}\n`)
}
