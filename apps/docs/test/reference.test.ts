import { beforeAll, describe, expect, test } from 'vitest'
import { below, curveOf, simplify } from '../.vitepress/reference/curve.ts'
import { densityOf } from '../.vitepress/reference/density.ts'
import { readPairs } from '../.vitepress/reference/divergences.ts'
import { readDocstrings } from '../.vitepress/reference/docstring.ts'
import { evaluate } from '../.vitepress/reference/evaluate.ts'
import { formula } from '../.vitepress/reference/markup.ts'
import { curves } from '../.vitepress/reference/picture.ts'
import { pictures } from '../.vitepress/reference/pictures.ts'
import { findProblems, renderReference, whatThereIs } from '../.vitepress/reference/reference.ts'

const SOURCE = `
/** Of the options. */
export interface Options {
  /** How much. */
  readonly much: number
}

/**
 * The plain distribution, with density exp(−a·x^(a − 1)), a = rate, for x ≥ 0. Nobody needs it.
 *
 * It is here
 * to be read.
 *
 * @param rate above 0,
 * and finite.
 * @throws DomainError for others.
 * @see A book.
 *
 * @example
 * \`\`\`ts
 * plain(1).rate // => 1
 * \`\`\`
 */
export function plain(rate: Numbers, { much }: Options): Plain {
  return define(rate, much)
}
`

describe('what every distribution needs is there', () => {
  test('a picture, and a docstring with density, parameters and example', () => {
    expect(findProblems(whatThereIs())).toEqual([])
  })

  test('what is missing is named', () => {
    const found = whatThereIs()
    const [docstring] = readDocstrings('export function bare(x: number): Bare { return x }')
    const problems = findProblems({
      exported: ['normal', 'bare'],
      shown: ['normal', 'gone'],
      docstrings: new Map([...found.docstrings, ['bare', docstring!]]),
    })
    expect(problems).toEqual([
      'bare has no entry in pictures.ts',
      'pictures.ts shows gone, which is not exported',
      'the docstring of bare has no density',
      'the docstring of bare has no @param x',
      'the docstring of bare has no @example',
    ])
  })
})

describe('docstrings', () => {
  const [docstring] = readDocstrings(SOURCE)

  test('are read part by part', () => {
    expect(docstring).toMatchObject({
      name: 'plain',
      kind: 'function',
      signatures: ['plain(rate: Numbers, { much }: Options): Plain'],
      parameters: [
        { name: 'rate', type: 'Numbers' },
        { name: 'options', type: 'Options' },
      ],
      params: [{ name: 'rate', text: 'above 0, and finite.' }],
      throws: ['DomainError for others.'],
      see: ['A book.'],
      examples: ['plain(1).rate // => 1'],
    })
    expect(docstring!.paragraphs[1]).toBe('It is here to be read.')
  })

  test('give their formula apart from what is said around it', () => {
    expect(densityOf(docstring!.paragraphs)).toEqual({
      before: 'The plain distribution, with density',
      formula: 'exp(−a·x^(a − 1))',
      where: 'a = rate',
      after: 'for x ≥ 0. Nobody needs it.',
    })
    expect(densityOf(['The distribution of nothing.'])).toBeUndefined()
  })

  test('have their powers raised', () => {
    expect(formula('x^(a − 1)·2^(p^k/2) < rate^a·x')).toBe(
      'x<sup>a − 1</sup>·2<sup>p<sup>k</sup>/2</sup> &lt; rate<sup>a</sup>·x',
    )
  })
})

describe('curves', () => {
  test('have the values of the density', () => {
    const points = curveOf(evaluate('normal(0, 1)'), curves([-3, 3], ''))
    expect(points.find(([x]) => x === 0)![1]).toBeCloseTo(1 / Math.sqrt(2 * Math.PI), 6)
  })

  test('rise and fall where the support begins and ends', () => {
    const points = curveOf(evaluate('uniform(0.123, 1.456)'), curves([-1, 3], ''))
    const steps = points.filter(([x], i) => x === points[i + 1]?.[0] || x === points[i - 1]?.[0])
    expect(steps.map(([, y]) => Math.round(1e4 * y) / 1e4)).toEqual([0, 0.7502, 0.7502, 0])
    expect(steps[0]![0]).toBeCloseTo(0.123, 5)
    expect(steps[3]![0]).toBeCloseTo(1.456, 5)
  })

  test('are cut at the top of the picture', () => {
    const points = [[0, Infinity], [1, 1], [2, 3], [3, 1]] as const // prettier-ignore
    expect(below(points, 2)).toEqual([
      [
        [expect.closeTo(1), 2],
        [1, 1],
        [1.5, 2],
      ],
      [
        [2.5, 2],
        [3, 1],
      ],
    ])
  })

  test('keep only the points that show', () => {
    const line = [[0, 0], [1, 1.01], [2, 2], [3, 0]] as const // prettier-ignore
    expect(simplify(line, 0.1, [1, 1])).toEqual([line[0], line[2], line[3]])
  })
})

describe('the pages', () => {
  const names = Object.values(pictures).flatMap((family) => Object.keys(family))
  let reference: Readonly<Record<string, string>>
  beforeAll(async () => {
    reference = await renderReference()
  })

  test('have a section, a picture and an example for each distribution', () => {
    for (const [family, own] of Object.entries(pictures)) {
      const sections = reference[family]!.split(/^## /m).slice(1)
      expect(sections.map((section) => section.slice(0, section.indexOf('\n')))).toEqual(Object.keys(own))
      for (const section of sections) {
        const picture = /<figure.*<\/figure>/.exec(section)![0]
        expect(picture).toMatch(
          /<(?:path|rect|circle) [^>]*var\(--series-1\)|var\(--series-1\)[^>]*><(?:path|rect|circle)/,
        )
        expect(picture).not.toContain('NaN')
        expect(section).toContain("from '@variate/distributions'")
      }
    }
  })

  test('say what an object can do, as the object does', () => {
    const row = (name: string): string =>
      reference['overview']!.split('\n').find((line) => line.includes(`#${name}"`))!
    expect(row('normal').match(/✓/g)).toHaveLength(8)
    expect(row('cauchy').match(/✓/g)).toHaveLength(5) // neither mean nor variance
  })

  test('list pairs of distributions that there are', () => {
    const pairs = readPairs()
    for (const { p, q, formula: said } of pairs) {
      expect(names).toContain(p)
      expect(names).toContain(q)
      expect(said).not.toBe('')
    }
    expect(reference['counts']).toContain(`<b>${pairs.length}</b>`)
    expect(reference['counts']).toContain(`<b>${names.length}</b> distributions`)
  })
})
