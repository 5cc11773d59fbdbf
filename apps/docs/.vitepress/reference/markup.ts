const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '{': '&#123;',
  '}': '&#125;',
}

/** Text for HTML that a Vue template holds. */
export function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"{}]/g, (character) => ESCAPES[character]!)
}

/** A docstring's text: code between backticks, `E_p` with an index, the rest as it stands. */
export function inline(text: string): string {
  return text
    .split('`')
    .map((part, i) =>
      i % 2 === 1 ? code(part) : escapeHtml(part).replaceAll(/\b(\p{L})_(\w)\b/gu, '$1<sub>$2</sub>'),
    )
    .join('')
}

export function code(text: string): string {
  return `<code>${escapeHtml(text)}</code>`
}

/** A formula with its powers raised: `x^(a − 1)` as a superscript. */
export function formula(text: string): string {
  let html = ''
  for (let i = 0; i < text.length; i++) {
    if (text[i] !== '^') html += escapeHtml(text[i]!)
    else {
      const exponent = exponentAt(text, i + 1)
      html += `<sup>${formula(exponent.replace(/^\((.*)\)$/, '$1'))}</sup>`
      i += exponent.length
    }
  }
  return html
}

/** What follows a `^`: a bracket, or a name or number with its index. */
function exponentAt(text: string, start: number): string {
  if (text[start] !== '(') return /^[−-]?[\p{L}\p{N}½]+(?:\[\w+\])?/u.exec(text.slice(start))?.[0] ?? ''
  let depth = 0
  for (let i = start; i < text.length; i++) {
    if (text[i] === '(') depth++
    else if (text[i] === ')' && --depth === 0) return text.slice(start, i + 1)
  }
  throw new Error(`an open bracket in "${text}"`)
}

/** A table in one piece of HTML, which Markdown leaves alone. */
export function table(
  className: string,
  head: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  const cells = (tag: string, row: readonly string[]): string =>
    `<tr>${row.map((cell) => `<${tag}>${cell}</${tag}>`).join('')}</tr>`
  return [
    `<div class="reference-table ${className}"><table>`,
    ...(head.length > 0 ? [`<thead>${cells('th', head)}</thead>`] : []),
    `<tbody>`,
    ...rows.map((row) => cells('td', row)),
    `</tbody></table></div>`,
  ].join('\n')
}
