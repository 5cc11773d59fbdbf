/** A sentence of a docstring around the formula that it holds. */
export interface Density {
  /** What comes before the formula: `The normal distribution, with density`. */
  readonly before: string
  readonly formula: string
  /** What abbreviations in it stand for: `z = (x − loc)/scale`. */
  readonly where: string
  /** What comes after: `on the real line.` */
  readonly after: string
}

/** The words before a formula, the plainest first. */
const LEADS = [
  /\bIts density is /,
  /\b[Tt]he (?:density|probability) (?:of \S+ )?is (?!that )/,
  /\bThe density with respect to [^.]*, is /,
  /\bwith (?:density|probability) (?!in )/,
]
/** Where it ends: before what is said of x, before a colon, or with the sentence. */
const END =
  /,? (?:for|on) (?=[^,]*(?:≤|≥|<|>|=|real line|circle|simplex))|,? with respect to | of (?:each |the one |counts |x\b)|: |; |\.(?= [A-Z]|$)/
/** Where abbreviations begin: a name and what it is, after a comma. */
const WHERE = /, (?=[^\s(),]+ (?:=|standard normal|the (?!same)|and \S+ the)|[^\s(),]+ of )/

/** The formula of a distribution's docstring; undefined if its first paragraphs have none. */
export function densityOf(paragraphs: readonly string[]): Density | undefined {
  const text = paragraphs[0] ?? ''
  const lead = LEADS.map((pattern) => pattern.exec(text)).find((found) => found !== null)
  if (!lead) return undefined
  const begin = lead.index + lead[0].length
  const end = END.exec(text.slice(begin))
  const body = text.slice(begin, end ? begin + end.index : undefined)
  const [formula = '', ...where] = splitOnce(body.replace(/,$/, ''), WHERE)
  const after = text
    .slice(begin + body.length)
    .replace(/^[,:;]?\s*/, '')
    .replace(/^\.(?:\s+|$)/, '')
  const colon = end?.[0] === ': ' ? ':' : ''
  const [last = ''] = where
  return {
    before: text.slice(0, begin).trim(),
    formula: last === '' ? formula + colon : formula,
    where: last === '' ? '' : last + colon,
    after,
  }
}

function splitOnce(text: string, at: RegExp): readonly string[] {
  const found = at.exec(text)
  return found ? [text.slice(0, found.index), text.slice(found.index + found[0].length)] : [text]
}
