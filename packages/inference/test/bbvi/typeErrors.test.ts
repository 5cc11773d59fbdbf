import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'

// What the type checker says of programs that must not type-check, each a file, in a folder from which packages are found.

const root = join(import.meta.dirname, '../../../..')
const parent = join(import.meta.dirname, '../../node_modules/.type-tests')
mkdirSync(parent, { recursive: true })
const folder = mkdtempSync(join(parent, 'run-'))
afterAll(() => rmSync(folder, { recursive: true }))

const HEAD = `import { bernoulli, normal } from '@variate/distributions'
import { automatic, reparameterization, scoreFunction } from '@variate/estimators'
import { fullRank, meanField, point } from '@variate/families'
import { bbvi, estimatorVariance } from '@variate/inference'
import { guide, model, real } from '@variate/language'
const level = model('level').latent('z', normal(0, 1)).observed('x', ({ z }) => normal(z, 1))
const coin = model('coin').latent('c', bernoulli({ probs: 0.5 })).observed('x', ({ c }) => normal(c, 1))
const ofLevel = guide(level).param('m', real()).latent('z', ({ m }) => normal(m, 1))
const ofCoin = guide(coin).latent('c', bernoulli({ probs: 0.4 }))
const empty = guide(level)
void [automatic, bbvi, coin, empty, estimatorVariance, fullRank, level, meanField, ofCoin, ofLevel, point, reparameterization, scoreFunction]
`

const NEEDED =
  '"\\"c\\" is discrete, and an estimator has to be given that takes it: scoreFunction() or automatic()"'

const WRONG: readonly (readonly [what: string, program: string, message: string])[] = [
  ['a discrete latent has no estimator', 'bbvi(coin)', NEEDED],
  ['options give none', 'bbvi(coin, { family: meanField(), steps: 10 })', NEEDED],
  ['a guide has none', 'bbvi(coin, { guide: ofCoin })', NEEDED],
  [
    'none is measured',
    'void estimatorVariance(coin, { family: meanField() }, { x: 1 }, { seed: 0 })',
    NEEDED,
  ],
  [
    'an estimator does not take a discrete latent',
    'bbvi(coin, { estimator: reparameterization() })',
    '"this estimator differentiates draws, and \\"c\\" is discrete: use scoreFunction() or automatic()"',
  ],
  [
    'a family does not take one',
    'bbvi(coin, { family: point(), estimator: automatic() })',
    '"this family is of continuous latents, and \\"c\\" is discrete: put it in a structured() family with meanField()"',
  ],
  [
    'a guide is of another model',
    'bbvi(level, { guide: ofCoin, estimator: scoreFunction() })',
    '"the guide has no latent \\"z\\""',
  ],
  [
    'a guide is of another model, and measured',
    'void estimatorVariance(level, { guide: ofCoin, estimator: scoreFunction() }, { x: 1 }, { seed: 0 })',
    '"the guide has no latent \\"z\\""',
  ],
  ['a guide is not finished', 'bbvi(level, { guide: empty })', '"the guide has no latent \\"z\\""'],
  [
    'a guide has a latent that is conditioned on',
    'bbvi(level.condition({ z: 1 }), { guide: ofLevel })',
    '"\\"z\\" is no latent of the model"',
  ],
]

const RIGHT: readonly string[] = [
  'bbvi(level)',
  'bbvi(level, { guide: ofLevel })',
  'bbvi(level, { guide: ofLevel, estimator: scoreFunction() })',
  'bbvi(coin, { guide: ofCoin, estimator: automatic() })',
  'bbvi(coin, { estimator: scoreFunction() })',
  'bbvi(coin.condition({ c: 1 }))',
  'void estimatorVariance(coin, { estimator: automatic() }, { x: 1 }, { seed: 0 })',
]

let said: readonly string[] = []
beforeAll(async () => {
  const programs = [...WRONG.map(([, program]) => program), ...RIGHT]
  for (const [i, program] of programs.entries())
    writeFileSync(join(folder, `program${i}.ts`), `${HEAD}${program}\n`)
  const config = {
    extends: join(root, 'tsconfig.json'),
    compilerOptions: { noUnusedLocals: false, noEmit: true },
    include: [join(folder, '*.ts')],
    exclude: [],
  }
  const path = join(folder, 'tsconfig.json')
  writeFileSync(path, JSON.stringify(config))
  const tsc = join(root, 'node_modules/typescript/bin/tsc')
  const output = await promisify(execFile)(process.execPath, [tsc, '-p', path, '--pretty', 'false'], {
    cwd: root,
  }).then(
    ({ stdout }) => stdout,
    (error: { stdout: string }) => error.stdout,
  )
  const lines = output.split(/\n(?=\S)/)
  said = programs.map((_, i) => lines.filter((line) => line.includes(`program${i}.ts(`)).join('\n'))
}, 120_000)

test.each(WRONG.map(([what, , message], i) => [what, message, i] as const))('%s', (_, message, i) => {
  expect(said[i]).toContain(message)
})

test.each(RIGHT)('%s type-checks', (program) => {
  expect(said[WRONG.length + RIGHT.indexOf(program)]).toBe('')
})
