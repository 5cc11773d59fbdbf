import { Resvg } from '@resvg/resvg-js'
import { parseHTML } from 'linkedom'
import { describe, expect, it } from 'vitest'
import { serialize } from '../src/serialize.ts'

const { document } = parseHTML('<!doctype html><html><body></body></html>')
const make = (name: string) => document.createElementNS('http://www.w3.org/2000/svg', name)

describe('serialize', () => {
  it('escapes what XML needs escaped, in attributes and text', () => {
    const text = make('text')
    text.setAttribute('aria-label', '<a> & "b"')
    text.append('1 < 2 & "3"', make('tspan'))
    expect(serialize(text)).toBe(
      '<text aria-label="&lt;a&gt; &amp; &quot;b&quot;">1 &lt; 2 &amp; &quot;3&quot;<tspan/></text>',
    )
  })

  it('keeps the case of names, and leaves out comments', () => {
    const clip = make('clipPath')
    clip.append(document.createComment('secret'))
    expect(serialize(clip)).toBe('<clipPath/>')
  })

  it('replaces characters that XML cannot hold', () => {
    const svg = make('svg')
    svg.setAttribute('xmlns', 'http://www.w3.org/2000/svg')
    svg.setAttribute('aria-label', 'bell \u0007, tab \t')
    expect(serialize(svg)).toContain('bell \uFFFD, tab \t')
    expect(() => new Resvg(serialize(svg))).not.toThrow()
  })
})
