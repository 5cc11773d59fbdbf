import type { Program } from '@variate/language/internal'

/** The program with latents as they are declared: networks give q of these. */
export function centered(program: Program): Program {
  const declarations = program.declarations.map((site) =>
    site.kind === 'latent' ? { ...site, options: { ...site.options, centered: true } } : site,
  )
  return { ...program, declarations }
}
