import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { filesBelow } from './lib/files.ts'
import { root } from './lib/root.ts'
import { readPackages } from './lib/workspace.ts'
import { isPublic } from './packages/anatomy.ts'

/** The commands of the ```sh blocks on a page, one a line, without remarks. */
export function shellCommands(page: string): readonly string[] {
  return [...page.matchAll(/^```sh[^\n]*\n([\s\S]*?)^```/gm)]
    .flatMap((block) => block[1]!.split('\n'))
    .map((line) => line.replace(/(^|\s)#.*$/, '').trim())
    .filter((line) => line !== '')
}

/**
 * Commands that a page shows and the check does not run; empty when all is well. `npm install` of published
 * packages is run by the pack step, on their tarballs.
 */
export function unknownCommands(
  name: string,
  page: string,
  run: readonly string[],
  published: readonly string[],
): readonly string[] {
  return shellCommands(page).flatMap((command) => {
    const [program, verb, ...names] = command.split(/\s+/)
    const installs = program === 'npm' && verb === 'install' && names.length > 0
    const known = run.includes(command) || (installs && names.every((item) => published.includes(item)))
    return known ? [] : [`${name}: the check does not run \`${command}\``]
  })
}

/** Calls of root scripts that a page names and package.json does not have. */
export function unknownScripts(
  name: string,
  page: string,
  scripts: Readonly<Record<string, string>>,
): readonly string[] {
  const named = [...page.matchAll(/\bnpm run ([\w:-]+)/g)].map((match) => match[1]!)
  return named
    .filter((script) => !(script in scripts))
    .map((script) => `${name}: there is no script "${script}"`)
}

/** What the pack step installs beside the packages. */
const INSTALLED_BESIDE = ['@tensorflow/tfjs-core', '@tensorflow/tfjs-backend-cpu']

/** Optional peers that guides tell of, which tests run with: this workspace has them installed. */
const OPTIONAL_PEERS = ['onnxruntime-node', 'onnxruntime-web']

/** Commands that guides show and no check runs in full: they take minutes, or a server. */
const GUIDE_COMMANDS = ['npm run bench', 'npm run bench -- gmm', 'npm run bench -- --quick']

/** What is wrong with the commands that the README files, the guides and CONTRIBUTING.md tell people to type. */
export function commandProblems(run: readonly string[]): readonly string[] {
  const read = (path: string): string => readFileSync(join(root, path), 'utf8')
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> }
  const packages = readPackages().filter(isPublic)
  const published = [...packages.map(({ manifest }) => manifest.name), ...INSTALLED_BESIDE]
  const pages = new Map([
    ['README.md', read('README.md')],
    ...packages.map(({ folder, readme = '' }) => [`packages/${folder}/README.md`, readme] as const),
  ])
  const shown = shellCommands(read('README.md'))
  const guides = filesBelow('docs', '.md')
  return [
    ...run
      .filter((command) => !shown.includes(command))
      .map((command) => `README.md: does not show \`${command}\``),
    ...[...pages].flatMap(([name, page]) => unknownCommands(name, page, run, published)),
    ...['README.md', 'CONTRIBUTING.md', ...guides].flatMap((name) =>
      unknownScripts(name, read(name), scripts),
    ),
    ...guides.flatMap((name) =>
      unknownCommands(name, read(name), [...run, ...GUIDE_COMMANDS], [...published, ...OPTIONAL_PEERS]),
    ),
  ]
}
