import type { Distribution } from '@variate/distributions'
import { can, CAPABILITIES, eventOf, supportOf } from './capabilities.ts'
import { densityOf } from './density.ts'
import type { Docstring, Param } from './docstring.ts'
import { drawBars, drawCurves } from './drawCurves.ts'
import { drawPlanes, drawTriangles } from './drawPlane.ts'
import { evaluate } from './evaluate.ts'
import { code, escapeHtml, formula, inline, table } from './markup.ts'
import type { Picture } from './picture.ts'
import { parametersOf } from './sources.ts'

/** A distribution and all that its page says of it. */
export interface Entry {
  readonly name: string
  readonly docstring: Docstring
  readonly picture: Picture
  readonly settings: readonly Distribution[]
}

export function entryOf(docstring: Docstring, picture: Picture): Entry {
  return { name: docstring.name, docstring, picture, settings: picture.of.map(evaluate) }
}

/** One distribution as Markdown. */
export async function renderEntry(
  { name, docstring, picture, settings }: Entry,
  closedForms: string,
): Promise<string> {
  const { signatures, throws, see, examples } = docstring
  return [
    `## ${name}`,
    statement(docstring.paragraphs),
    await figure(name, picture),
    fence(signatures),
    table('parameters', [], parametersOf(docstring).map(parameterRow)),
    table('facts', [], facts(settings, closedForms, throws, see)),
    ...examples.map((example) => fence([example])),
  ].join('\n\n')
}

/** A function that makes no distribution, without a heading. */
export function renderFunction(docstring: Docstring): string {
  const { signatures, paragraphs, returns, throws, see, examples } = docstring
  const facts = [
    ['Returns', returns],
    ['Throws', throws],
    ['See', see],
  ] as const
  const rows = facts.flatMap(([what, texts]) =>
    texts.length > 0 ? [[what, texts.map(inline).join(' ')]] : [],
  )
  return [
    ...paragraphs.map((paragraph) => `<p>${inline(paragraph)}</p>`),
    ...(docstring.kind === 'function' ? [fence(signatures)] : []),
    table(
      'facts',
      [],
      [
        ...parametersOf(docstring)
          .filter(({ text }) => text !== '')
          .map(parameterRow),
        ...rows,
      ],
    ),
    ...examples.map((example) => fence([example])),
  ].join('\n\n')
}

/** The docstring's text, its formula displayed. */
function statement(paragraphs: readonly string[]): string {
  const density = densityOf(paragraphs)
  const [first, ...rest] = paragraphs
  const paragraph = (text: string): string => (text === '' ? '' : `<p>${inline(text)}</p>`)
  const lead =
    density === undefined
      ? paragraph(first ?? '')
      : [
          paragraph(density.before),
          `<div class="formula"><span>${formula(density.formula)}</span>`,
          density.where === '' ? '' : `<span class="formula-where">${formula(density.where)}</span>`,
          '</div>',
          paragraph(density.after),
        ].join('')
  return `<div class="statement">${lead}${rest.map(paragraph).join('')}</div>`
}

async function figure(name: string, picture: Picture): Promise<string> {
  const label = `aria-label="The density of ${name} for ${picture.of.length} settings"`
  if (picture.kind === 'curves' || picture.kind === 'bars') {
    const svg = picture.kind === 'curves' ? await drawCurves(picture) : await drawBars(picture)
    const legend = picture.of.map(
      (setting, i) => `<li><i style="background: var(--series-${i + 1})"></i>${code(setting)}</li>`,
    )
    return `<figure class="density-figure" ${label}>${svg}<figcaption><ul>${legend.join('')}</ul></figcaption></figure>`
  }
  const svgs = picture.kind === 'plane' ? await drawPlanes(picture) : await drawTriangles(picture)
  const panels = svgs.map((svg, i) => `<div>${svg}<code>${escapeHtml(picture.of[i]!)}</code></div>`)
  return `<figure class="density-panels panels-${svgs.length}" ${label}>${panels.join('')}</figure>`
}

function parameterRow({ name, text }: Param, index: number, all: readonly Param[]): readonly string[] {
  const isAlternative = all[index - 1]?.text.endsWith('; or') ?? false
  const own = code(name.replace(/^\w+\./, ''))
  return [isAlternative ? `or ${own}` : own, inline(text.replace(/; or$/, ''))]
}

function facts(
  settings: readonly Distribution[],
  closedForms: string,
  throws: readonly string[],
  see: readonly string[],
): readonly (readonly string[])[] {
  const [first] = settings
  if (first === undefined) return []
  const has = CAPABILITIES.filter(({ member }) => can(first, member))
  const rows: readonly (readonly [string, string])[] = [
    ['Support', inline(supportOf(first))],
    ['A draw', inline(eventOf(first))],
    ['Has', has.map(({ long }) => (/\(/.test(long) ? code(long) : escapeHtml(long))).join(', ')],
    ['KL divergence to', closedForms],
    ['Throws', throws.map(inline).join(' ')],
    ['See', see.map(inline).join(' ')],
  ]
  return rows.filter(([, text]) => text !== '')
}

function fence(lines: readonly string[]): string {
  return ['```ts', ...lines, '```'].join('\n')
}
