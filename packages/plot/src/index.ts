export { categoryColor } from './categoryColor.ts'
export { densityContours } from './densityContours.ts'
export type { DensityContoursOptions } from './densityContours.ts'
export type { LogDensity } from './densityGrid.ts'
export type {
  DirectedEdge,
  DirectedGraph,
  DirectedNode,
  DirectedPlate,
  NodeKind,
} from './graph/directedGraph.ts'
export { draw } from './draw.ts'
export type { DrawOptions, Figure } from './draw.ts'
export type { FrameOptions } from './frame.ts'
export type { Labels } from './groupPoints.ts'
export { imageGrid } from './imageGrid.ts'
export type { ImageGridOptions } from './imageGrid.ts'
export { intervals } from './intervals.ts'
export type { Interval, IntervalRow, IntervalsOptions } from './intervals.ts'
export { modelGraph } from './modelGraph.ts'
export type { ModelGraphOptions } from './modelGraph.ts'
export { renderSvg } from './renderSvg.ts'
export { selection } from './selection.ts'
export type { SelectionOptions, SelectionRow } from './selection.ts'
export { trace } from './trace.ts'
export type { Series, TraceOptions } from './trace.ts'
