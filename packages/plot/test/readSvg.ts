import { Resvg } from '@resvg/resvg-js'
import { parseHTML } from 'linkedom'
import { expect } from 'vitest'

/** Elements of an SVG, found by selectors; the text is first held to what every figure must be. */
export function readSvg(svg: string): { all(selector: string): Element[]; texts(): string[] } {
  expectStandalone(svg)
  const { document } = parseHTML(`<!doctype html><html><body>${svg}</body></html>`)
  const all = (selector: string) => Array.from(document.querySelectorAll(selector))
  return { all, texts: () => all('text').map((text) => text.textContent ?? '') }
}

/** One SVG, well-formed XML (resvg's parser is strict), with a size, and finite coordinates. */
function expectStandalone(svg: string): void {
  const { width, height } = new Resvg(svg, { font: { loadSystemFonts: false } })
  expect(svg).toMatch(/^<svg [^>]*xmlns="http:\/\/www\.w3\.org\/2000\/svg"/)
  expect(svg).toContain(`viewBox="0 0 ${width} ${height}"`)
  expect(svg).toContain(`width="${width}"`)
  expect(svg).toContain(`height="${height}"`)
  expect(svg.match(/<svg/g)).toHaveLength(1)
  expect(svg.replaceAll(/>[^<]*</g, '><')).not.toMatch(/NaN|Infinity|undefined/)
}

/** The pairs of numbers in the `d` of a path. */
export function coordinates(path: Element): (readonly [number, number])[] {
  const numbers = (path.getAttribute('d') ?? '').match(/-?\d+(\.\d+)?(e-?\d+)?/g)?.map(Number) ?? []
  return Array.from({ length: numbers.length / 2 }, (_, i) => [numbers[2 * i]!, numbers[2 * i + 1]!])
}
