/** A failure that one sentence explains: it is shown without a stack. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
}
