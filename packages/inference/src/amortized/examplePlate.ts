import { DomainError, UnsupportedError } from '@variate/core'
import { placeOf, type Program } from '@variate/language/internal'

/**
 * The plate whose elements are the examples: the outermost of all latents and observations.
 *
 * @throws UnsupportedError for a latent, an observation or a parameter that does not belong there, which is named; DomainError for a
 *   plate of a fixed size.
 */
export function examplePlate(program: Program, who: string): string {
  const own = program.declarations.filter(({ kind }) => kind === 'latent' || kind === 'observed')
  const plate = own.find(({ kind, plates }) => kind === 'observed' && plates.length > 0)?.plates[0]
  if (plate === undefined)
    throw new UnsupportedError(
      `${who}: there are no examples: declare what is observed in a plate, such as .plate('image', 'n', …)`,
    )
  const outside = own.find(({ plates }) => plates[0] !== plate)
  if (outside)
    throw new UnsupportedError(
      `${who}: ${placeOf(outside)} is not in plate "${plate}", whose elements are the examples: declare it there, or use ` +
        'bbvi(model, { family: conditional({ … }) })',
    )
  const local = program.declarations.find(({ kind, plates }) => kind === 'param' && plates.includes(plate))
  if (local)
    throw new UnsupportedError(
      `${who}: ${placeOf(local)} is a parameter of single examples, which new ones would not have: make it a latent, or declare it ` +
        'outside of the plate',
    )
  const { size } = program.plates.get(plate)!
  if (typeof size === 'string') return plate
  throw new DomainError(
    `${who}: plate "${plate}" has a fixed size of ${size}, and there may be any number of examples: give it a name, such as 'n'`,
  )
}
