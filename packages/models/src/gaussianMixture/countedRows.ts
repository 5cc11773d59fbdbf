/** The rows of positive weight, which alone count; undefined where all do. */
export function countedRows(weights: Float64Array | undefined): Int32Array | undefined {
  if (weights === undefined || weights.every((weight) => weight > 0)) return undefined
  return Int32Array.from(weights.keys()).filter((i) => weights[i]! > 0)
}

/** Some rows of an array [n, width]; all of them where none are named. */
export function pickRows<Data extends Float64Array | Int32Array>(
  data: Data,
  rows: Int32Array | undefined,
  width: number,
): Data {
  if (rows === undefined) return data
  const picked = data.slice(0, rows.length * width) as Data
  rows.forEach((i, to) => picked.set(data.subarray(i * width, (i + 1) * width), to * width))
  return picked
}
