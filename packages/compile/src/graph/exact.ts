/**
 * Elementwise operations whose functions in JavaScript give the same bits in every engine: what IEEE 754 and ECMAScript
 * specify to the last bit. `Math.exp` and its like are not: https://tc39.es/ecma262/#sec-function-properties-of-the-math-object
 */
export const EXACT: ReadonlySet<string> = /* @__PURE__ */ new Set([
  'abs',
  'add',
  'and',
  'div',
  'equal',
  'floor',
  'floorDiv',
  'greater',
  'greaterEqual',
  'isFinite',
  'isInfinite',
  'isNaN',
  'less',
  'lessEqual',
  'maximum',
  'minimum',
  'mod',
  'mul',
  'neg',
  'not',
  'notEqual',
  'or',
  'sign',
  'sqrt',
  'square',
  'sub',
])
