import * as Plot from '@observablehq/plot'
import { UnsupportedError } from '@variate/core'
import { Resvg } from '@resvg/resvg-js'
import { parseHTML } from 'linkedom'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { draw } from '../src/draw.ts'
import { renderSvg } from '../src/renderSvg.ts'
import { trace } from '../src/trace.ts'
import { readSvg } from './readSvg.ts'

const figure = trace({ series: [1, 4, 9], label: 'squares', title: 'A & B <1> "2"', subtitle: 'under it' })
const newDocument = () => parseHTML('<!doctype html><html><body></body></html>').document

afterEach(() => vi.unstubAllGlobals())

describe('renderSvg', () => {
  it('gives the same text each time, from the same figure and from an equal one', async () => {
    const first = await renderSvg(figure)
    expect(await renderSvg(figure)).toBe(first)
    const equal = trace({ series: [1, 4, 9], label: 'squares', title: 'A & B <1> "2"', subtitle: 'under it' })
    expect(await renderSvg(equal)).toBe(first)
  })

  it('has title and subtitle inside the picture, escaped, and named for screen readers', async () => {
    const svg = await renderSvg(figure)
    const { all, texts } = readSvg(svg)
    expect(texts()).toEqual(expect.arrayContaining(['A & B <1> "2"', 'under it']))
    expect(all('svg')[0]!.getAttribute('aria-label')).toBe('A & B <1> "2"')
    expect(all('svg')[0]!.getAttribute('role')).toBe('img')
  })

  it('is white behind, whatever renders it', async () => {
    const { pixels } = new Resvg(await renderSvg(figure)).render()
    expect([...pixels.subarray(0, 4)]).toEqual([255, 255, 255, 255])
    expect([...pixels.subarray(-4)]).toEqual([255, 255, 255, 255])
  })

  it('has no ids, so that figures on one page cannot meet', async () => {
    expect(await renderSvg(figure)).not.toMatch(/\sid=|url\(#/)
  })

  it('shortens a title that is wider than the picture, and keeps the whole of it for hovering', async () => {
    const title = 'a very long title '.repeat(12).trim()
    const { all } = readSvg(await renderSvg(trace({ series: [1], label: 'y', title })))
    expect(all('text').some((text) => text.textContent!.includes('…'))).toBe(true)
    expect(all('title').map((element) => element.textContent)).toContain(title)
  })

  it('uses the document that it is given, or the one that there is', async () => {
    const document = newDocument()
    const plain = await renderSvg(figure)
    expect(await renderSvg(figure, { document })).toBe(plain)
    vi.stubGlobal('document', document)
    expect(await renderSvg(figure)).toBe(plain)
  })

  it('draws titles, legends and captions of Plot inside one picture', async () => {
    const rows = [
      { x: 1, y: 2, kind: 'one & <only>' },
      { x: 2, y: 1, kind: 'two' },
    ]
    const svg = await renderSvg({
      title: 'Title & all',
      subtitle: 'Subtitle',
      caption: 'Caption',
      color: { legend: true },
      marks: [Plot.dot(rows, { x: 'x', y: 'y', fill: 'kind' })],
    })
    const { document } = parseHTML(svg)
    const texts = Array.from(document.querySelectorAll('text'), (text) => text.textContent)
    expect(texts).toEqual(
      expect.arrayContaining(['Title & all', 'Subtitle', 'one & <only>', 'two', 'Caption']),
    )
    const { width, height } = new Resvg(svg)
    expect(width).toBe(640)
    expect(height).toBe(400 + 3 * 28 + 28)
    expect(document.querySelectorAll('circle')).toHaveLength(2)
  })

  it('refuses parts that no SVG can hold', async () => {
    const document = newDocument()
    const title = document.createElement('video')
    await expect(renderSvg({ title, marks: [] }, { document })).rejects.toThrow(
      new UnsupportedError('draw: an SVG cannot hold <video>; titles must be text'),
    )
  })
})

describe('draw', () => {
  it('gives an SVG element of the document', () => {
    const document = newDocument()
    const svg = draw(figure, { document })
    expect(svg.tagName.toLowerCase()).toBe('svg')
    expect(svg.ownerDocument).toBe(document)
  })

  it('says what to do where there is no document', () => {
    expect(() => draw(figure)).toThrow(UnsupportedError)
    expect(() => draw(figure)).toThrow(/pass one, or use renderSvg/)
  })
})
