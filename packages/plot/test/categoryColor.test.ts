import { DomainError, type NdArray } from '@variate/core'
import { describe, expect, it } from 'vitest'
import { categoryColor, categoryTextColor } from '../src/categoryColor.ts'
import { densityContours } from '../src/densityContours.ts'
import type { Figure } from '../src/draw.ts'
import { renderSvg } from '../src/renderSvg.ts'
import { selection } from '../src/selection.ts'
import { trace } from '../src/trace.ts'
import { readSvg } from './readSvg.ts'

const ten = Array.from({ length: 10 }, (_, k) => k)

describe('categoryColor', () => {
  // P. Tol, SRON/EPS/TN/09-002: "bright" without grey; indigo, teal and wine of "muted"; a grey
  it('gives ten colours, again and again in both directions', () => {
    const blueToWine = [
      '#4477aa',
      '#ee6677',
      '#228833',
      '#aa3377',
      '#ccbb44',
      '#66ccee',
      '#332288',
      '#44aa99',
    ]
    expect(ten.map(categoryColor)).toEqual([...blueToWine, '#882255', '#777777'])
    expect(ten.map((k) => categoryColor(k + 10))).toEqual(ten.map(categoryColor))
    expect(ten.map((k) => categoryColor(k - 20))).toEqual(ten.map(categoryColor))
  })

  it('refuses what is not a whole number', () => {
    expect(() => categoryColor(0.5)).toThrow(
      new DomainError('categoryColor: index must be a whole number, got 0.5'),
    )
    expect(() => categoryColor(Number.NaN)).toThrow(DomainError)
  })
})

describe('text in the colours of groups and series', () => {
  it('has the contrast on white that text needs', () => {
    expect(contrastOnWhite('#000000')).toBeCloseTo(21, 10)
    expect(contrastOnWhite('#767676')).toBeCloseTo(4.54, 2) // the lightest grey that passes: WebAIM
    for (const k of ten) expect(contrastOnWhite(categoryTextColor(k)), `${k}`).toBeGreaterThanOrEqual(4.5)
  })

  it('has the hue of the marks', () => {
    for (const k of ten) {
      const turn = Math.abs(hue(categoryColor(k)) - hue(categoryTextColor(k)))
      expect(Math.min(turn, 360 - turn), `${k}`).toBeLessThan(15)
    }
  })

  it('is legible in every figure, whose marks keep their colours', async () => {
    const names = ten.map((k) => `name ${k}`)
    const logProb = ({ shape }: NdArray<Float64Array>) => new Float64Array(shape[0]!)
    const figures: readonly Figure[] = [
      trace({ series: Object.fromEntries(ten.map((k) => [names[k]!, [0, k]])), label: 'y' }),
      selection({ rows: ten.map((k) => ({ components: 1, covariance: names[k]!, bic: 10 * k })) }),
      densityContours({ x: ten.map((k) => [k, k]), groups: names, logProb }),
    ]
    for (const figure of figures) {
      const { all } = readSvg(await renderSvg(figure))
      const texts = all('text').filter((text) => (text.textContent ?? '').startsWith('name'))
      expect(texts.map(inheritedFill).toSorted()).toEqual(ten.map(categoryTextColor).toSorted())
      for (const text of all('text')) expect(contrastOnWhite(inheritedFill(text))).toBeGreaterThanOrEqual(4.5)
      const circles = new Set(all('circle').map(inheritedFill))
      for (const k of ten) expect(circles).toContain(categoryColor(k))
    }
  })
})

function inheritedFill(element: Element): string {
  return element.closest('[fill]')!.getAttribute('fill')!
}

function channels(color: string): [number, number, number] {
  const [red, green, blue] = [1, 3, 5].map((from) => Number.parseInt(color.slice(from, from + 2), 16) / 255)
  return [red!, green!, blue!]
}

/** (1 + 0.05) / (L + 0.05) with the relative luminance L: WCAG 2.2, "contrast ratio". */
function contrastOnWhite(color: string): number {
  const [red, green, blue] = channels(color).map((c) =>
    c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4,
  )
  return 1.05 / (0.2126 * red! + 0.7152 * green! + 0.0722 * blue! + 0.05)
}

/** Degrees on the colour circle, as in HSL. */
function hue(color: string): number {
  const [red, green, blue] = channels(color)
  return (Math.atan2(Math.sqrt(3) * (green - blue), 2 * red - green - blue) * 180) / Math.PI
}
