import { numberOf, plus, times, type Form } from './form.ts'
import type { Seen } from './linearGaussian.ts'
import type { Evaluated } from './walk.ts'

export function isNormal({ family }: Evaluated): boolean {
  return family === 'normal' || family === 'multivariateNormal'
}

/** A normal latent as a linear form of standard normal noise of its own. */
export function drawnOf(
  { family, parameters: [loc, spread] }: Evaluated,
  noise: () => Form,
): readonly Form[] {
  const size = loc!.forms.length
  if (family === 'normal')
    return loc!.forms.map((center, i) => plus(center, times(scaleOf(spread!.forms, i), noise())))
  const e = loc!.forms.map(noise)
  return loc!.forms.map((center, i) =>
    e.slice(0, i + 1).reduce((sum, ej, j) => plus(sum, times(spread!.forms[i * size + j]!, ej)), center),
  )
}

/** What is seen of a normal site whose location is a linear form, one number after the other. */
export function seenOf(
  x: readonly number[],
  { family, parameters: [loc, spread] }: Evaluated,
): readonly Seen[] {
  if (family === 'normal')
    return x.map((xi, i) => ({ x: xi, form: loc!.forms[i]!, scale: numberOf(scaleOf(spread!.forms, i)) }))
  const e: Form[] = []
  return x.map((xi, i) => {
    const row = spread!.forms.slice(i * x.length, (i + 1) * x.length).map(numberOf)
    const form = e.reduce<Form>((sum, ej, j) => plus(sum, times(row[j]!, ej)), loc!.forms[i]!)
    e.push(times(1 / row[i]!, plus(xi, times(-1, form))))
    return { x: xi, form, scale: row[i]! }
  })
}

/** One scale may be that of all numbers. */
function scaleOf(scales: readonly Form[], i: number): Form {
  return scales[i] ?? scales[0]!
}
