import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { WRONG } from './typeErrors.ts'

// The type checker runs once on all programs, each a file, in a folder from which packages are found.

const root = join(import.meta.dirname, '../../..')
const parent = join(import.meta.dirname, '../node_modules/.type-tests')
mkdirSync(parent, { recursive: true })
const folder = mkdtempSync(join(parent, 'run-'))
afterAll(() => rmSync(folder, { recursive: true }))

const IMPORTS = `import { exp } from '@variate/core/ops'
import { beta, independent, normal, poisson } from '@variate/distributions'
import { guide, model, real, type Network } from '@variate/language'
declare const net: Network
void [beta, exp, guide, independent, normal, model, poisson, real, net]
`

/** A chain of so many sites, each of which reads the one before. */
function chainOf(sites: number): string {
  const more = Array.from({ length: sites - 1 }, (_, i) =>
    i % 10 === 4
      ? `.plate('p${i}', 3, (p) => p.latent('s${i + 1}', ({ s${i} }) => normal(s${i}, 1)))`
      : `.latent('s${i + 1}', ({ s${i} }) => normal(s${i}, 1))`,
  )
  return `${IMPORTS}export const big: unknown = model('big').latent('s0', normal(0, 1))\n${more.join('\n')}\n`
}

/** What the type checker prints for some files of the folder. */
async function checked(
  name: string,
  files: readonly string[],
  options: Readonly<Record<string, unknown>> = { noEmit: true },
): Promise<string> {
  const config = {
    extends: join(root, 'tsconfig.json'),
    compilerOptions: { noUnusedLocals: false, emitDeclarationOnly: options['noEmit'] === false, ...options },
    include: files.map((file) => join(folder, file)),
    exclude: [],
  }
  const path = join(folder, `tsconfig.${name}.json`)
  writeFileSync(path, JSON.stringify(config))
  const tsc = join(root, 'node_modules/typescript/bin/tsc')
  const run = promisify(execFile)(
    process.execPath,
    [tsc, '-p', path, '--extendedDiagnostics', '--pretty', 'false'],
    { cwd: root },
  )
  return run.then(
    ({ stdout }) => stdout,
    (error: { stdout: string }) => error.stdout,
  )
}

let said = ''
beforeAll(async () => {
  for (const [i, [, program]] of WRONG.entries())
    writeFileSync(join(folder, `wrong${i}.ts`), `${IMPORTS}${program}\n`)
  said = await checked(
    'wrong',
    WRONG.map((_, i) => `wrong${i}.ts`),
  )
}, 60_000)

test.each(WRONG.map(([what, , message], i) => [what, message, i] as const))('%s', (_, message, i) => {
  const own = said.split(/\n(?=\S)/).filter((line) => line.includes(`wrong${i}.ts(`))
  expect(own.join('\n')).toMatch(message)
})

const EXPORTED = `${IMPORTS}export const simple = model('m').param('w', real()).network('f', net).latent('mu', normal(0, 1))
  .plate('p', 2, (p) => p.input('u').observed('x', ({ mu, u }) => normal(mu, u)).deterministic('d', ({ x }) => x)).factor('e', () => 0)
export const known = simple.condition({ mu: 1 })
export const set = simple.intervene({ mu: 1 })
export const whole = model('n').part('left', simple)
export const layered = model('n').layers('z', [1, 2], () => normal(0, 1), (_, z) => normal(z, 1))
export const chain = model('n').markov('t', 3, (t) => t.latent('z', normal(0, 1), (_, { z }) => normal(z, 1)))
export const posterior = guide(simple).latent('mu', normal(0, 1))
export const partly = simple.withMissing({ x: [1, null] })
`

test(
  'a model can be exported: its declared type names what the package exports',
  { timeout: 60_000 },
  async () => {
    writeFileSync(join(folder, 'exported.ts'), EXPORTED)
    const options = {
      declaration: true,
      isolatedDeclarations: false,
      noEmit: false,
      rootDir: root,
      outDir: join(folder, 'out'),
    }
    expect(await checked('exported', ['exported.ts'], options)).not.toContain('error')
    const path = join(folder, 'out', relative(root, folder), 'exported.d.ts')
    const declared = readFileSync(path, 'utf8')
    expect(declared).toContain('import("@variate/language").LatentSite')
    expect(declared).not.toMatch(/import\("\./)
  },
)

const seconds = (output: string): number => Number(/Check time:\s+([\d.]+)s/.exec(output)![1])

// Beside other tests everything takes longer: what is least of several turns is what it takes when nothing else runs.
test('a model of 200 sites takes less than a second more than one of 1', { timeout: 180_000 }, async () => {
  writeFileSync(join(folder, 'one.ts'), chainOf(1))
  writeFileSync(join(folder, 'big.ts'), chainOf(200))
  const least = { one: Infinity, big: Infinity }
  for (let turn = 0; turn < 6 && !(least.big - least.one < 1); turn++) {
    for (const name of ['one', 'big'] as const) {
      const output = await checked(name, [`${name}.ts`])
      expect(output).not.toContain('error')
      least[name] = Math.min(least[name], seconds(output))
    }
  }
  expect(least.big - least.one).toBeLessThan(1)
})
