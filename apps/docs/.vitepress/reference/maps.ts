import type { Docstring } from './docstring.ts'
import { exportedBijectors } from './evaluate.ts'
import { code, inline, table } from './markup.ts'
import { docstringsIn } from './sources.ts'

const CONSTRAINT = /(?:: |\): )Constraint\b/
/** What serves to define constraints. */
const MAKERS = new Set(['scalar', 'entrywise'])

export function readBijectors(): readonly Docstring[] {
  const docstrings = docstringsIn('bijectors')
  return exportedBijectors().map((name) => docstrings.get(name)!)
}

export function readConstraints(): readonly Docstring[] {
  return [...docstringsIn('constraints').values()].filter(
    ({ name, signatures }) => !MAKERS.has(name) && signatures.some((signature) => CONSTRAINT.test(signature)),
  )
}

export function mapsTable(docstrings: readonly Docstring[], head: readonly string[]): string {
  return table(
    'maps',
    head,
    docstrings.map((docstring) => [code(callOf(docstring)), inline(docstring.paragraphs.join(' '))]),
  )
}

/** `affine(loc, scale)`, or the bare name of a constant. */
function callOf({ name, kind, parameters }: Docstring): string {
  return kind === 'const' ? name : `${name}(${parameters.map((parameter) => parameter.name).join(', ')})`
}
