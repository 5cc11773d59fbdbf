import { can, CAPABILITIES } from './capabilities.ts'
import { closedFormsOf, divergencesTable, readPairs } from './divergences.ts'
import { entryOf, renderEntry, renderFunction, type Entry } from './entry.ts'
import { exportedFunctions } from './evaluate.ts'
import { mapsTable, readBijectors, readConstraints } from './maps.ts'
import { code, table } from './markup.ts'
import { pictures, type Family } from './pictures.ts'
import type { Docstring } from './docstring.ts'
import { densityOf } from './density.ts'
import { docstringsIn, parametersOf } from './sources.ts'

/** Functions of the package that make no distribution. */
const OTHERS = new Set([
  'biject',
  'klDivergence',
  'klUpperBound',
  'estimateKlDivergence',
  'hasClosedForm',
  'linearLogProb',
])

const FAMILIES = Object.keys(pictures) as readonly Family[]

/** What the pages of the reference are filled with, by the name that they ask for it with. */
export async function renderReference(): Promise<Readonly<Record<string, string>>> {
  const problems = findProblems(whatThereIs())
  if (problems.length > 0) throw new Error(`the reference is incomplete:\n${problems.join('\n')}`)
  const pairs = readPairs()
  const familyOf = new Map<string, Family>()
  const entries = FAMILIES.map((family) => {
    const own = Object.entries(pictures[family]).map(([name, picture]) => entryOf(docstringOf(name), picture))
    for (const { name } of own) familyOf.set(name, family)
    return [family, own] as const
  })
  const linkTo = (name: string): string => {
    const family = familyOf.get(name)
    return family === undefined ? code(name) : `<a href="./${family}#${name.toLowerCase()}">${code(name)}</a>`
  }
  const pages = await Promise.all(
    entries.map(async ([family, own]) => {
      const rendered = await Promise.all(
        own.map((entry) => renderEntry(entry, closedFormsOf(entry.name, pairs))),
      )
      return [family, rendered.join('\n\n')] as const
    }),
  )
  const [bijectors, constraints] = [readBijectors(), readConstraints()]
  const distributions = entries.reduce((count, [, own]) => count + own.length, 0)
  return {
    ...Object.fromEntries(pages),
    overview: entries.map(([family, own]) => overview(family, own, pairs, linkTo)).join('\n\n'),
    counts: counts({
      distributions,
      bijectors: bijectors.length,
      constraints: constraints.length,
      pairs: pairs.length,
    }),
    bijectors: mapsTable(bijectors, ['bijector', 'y = f(x)']),
    constraints: mapsTable(constraints, ['constraint', 'the set']),
    divergences: divergencesTable(pairs, linkTo),
    ...Object.fromEntries([...OTHERS].map((name) => [name, renderFunction(docstringOf(name))])),
  }
}

function docstringOf(name: string): Docstring {
  return docstringsIn('.').get(name)!
}

/** What has to fit together. */
interface Found {
  /** The distributions that the package exports. */
  readonly exported: readonly string[]
  /** Those that have a picture. */
  readonly shown: readonly string[]
  readonly docstrings: ReadonlyMap<string, Docstring>
}

export function whatThereIs(): Found {
  return {
    exported: exportedFunctions().filter((name) => !OTHERS.has(name)),
    shown: FAMILIES.flatMap((family) => Object.keys(pictures[family])),
    docstrings: docstringsIn('.'),
  }
}

/** What the sources and the table of pictures lack of each other: one sentence each. */
export function findProblems({ exported, shown, docstrings }: Found): readonly string[] {
  return [
    ...exported.filter((name) => !shown.includes(name)).map((name) => `${name} has no entry in pictures.ts`),
    ...shown
      .filter((name) => !exported.includes(name))
      .map((name) => `pictures.ts shows ${name}, which is not exported`),
    ...exported.flatMap((name) => {
      const docstring = docstrings.get(name)
      if (docstring === undefined) return [`${name} is no function of a file of packages/distributions/src`]
      return [
        ...(saysDensity(docstring) ? [] : ['density']),
        ...parametersOf(docstring).flatMap((param) => (param.text === '' ? [`@param ${param.name}`] : [])),
        ...(docstring.examples.length > 0 ? [] : ['@example']),
      ].map((part) => `the docstring of ${name} has no ${part}`)
    }),
  ]
}

/** Combinators say what becomes of the density of another; some are another, but for their draws. */
function saysDensity({ name, paragraphs }: Docstring): boolean {
  const other = /^`(\w+)`, /.exec(paragraphs[0] ?? '')?.[1]
  return (
    name in pictures.combinators ||
    exportedFunctions().includes(other ?? '') ||
    densityOf(paragraphs) !== undefined
  )
}

function overview(
  family: Family,
  entries: readonly Entry[],
  pairs: ReturnType<typeof readPairs>,
  linkTo: (name: string) => string,
): string {
  const columns = CAPABILITIES.filter(({ member }) => member !== 'fit') // all exponential families have it
  const mark = (has: boolean): string => (has ? '<b>✓</b>' : '')
  const rows = entries.map(({ name, settings }) => [
    linkTo(name),
    settings[0]!.support.name,
    ...columns.map(({ member }) => mark(can(settings[0]!, member))),
    mark(pairs.some(({ p }) => p === name)),
  ])
  const head = ['', 'support', ...columns.map(({ short }) => short), 'KL']
  const title = `${family[0]!.toUpperCase()}${family.slice(1)}`
  return `## ${title}\n\n${table('overview', head, rows)}`
}

function counts(of: {
  distributions: number
  bijectors: number
  constraints: number
  pairs: number
}): string {
  return [
    '<ul class="reference-counts">',
    `<li><b>${of.distributions}</b> distributions</li>`,
    `<li><b>${of.bijectors}</b> <a href="./bijectors">bijectors</a></li>`,
    `<li><b>${of.constraints}</b> <a href="./bijectors#constraints">constraints</a></li>`,
    `<li><b>${of.pairs}</b> <a href="./divergences">closed-form divergences</a></li>`,
    '</ul>',
  ].join('')
}
