import { DomainError, UnsupportedError } from '@variate/core'

/** How runtimes say that there is not the memory; "AllocatorPtr" and its like are in the names of functions that they tell of. */
const NO_MEMORY =
  /bad_?alloc|alloc\w* failed|(fail\w*|unable|cannot|could not) (to )?alloc|out of memory|memory access|array length|buffer size|SafeIntOnOverflow/i

/** And that an index which they were given is none. */
const NO_INDEX = /indices element|out of data bounds|(index|indices)\b.*(out of bounds|out of range)/i

/**
 * What the runtime threw, as an error that says what to do.
 *
 * @param what it cannot do.
 * @param isAsked whether that was with execution providers that were asked for.
 */
export function runtimeError(cause: unknown, what: string, isAsked = false): UnsupportedError | DomainError {
  const told = String((cause as Error)?.message ?? cause).split('\n')[0]!
  if (NO_INDEX.test(told)) {
    return new DomainError(
      `onnx: an index is out of bounds, ONNX Runtime says (${told}): engine 'wasm' names the operation, and the index`,
      { cause },
    )
  }
  const advice = NO_MEMORY.test(told)
    ? "there is not the memory: make tensors or batches smaller, collect less often, or use engine 'wasm'"
    : isAsked
      ? "leave executionProviders out, or use engine 'wasm'"
      : "use engine 'wasm', and tell us of it"
  return new UnsupportedError(`onnx: ONNX Runtime cannot ${what} (${told}): ${advice}`, { cause })
}
