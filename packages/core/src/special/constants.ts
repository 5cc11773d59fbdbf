/** ½·log 2π */
export const HALF_LOG_TWO_PI: number = 0.9189385332046727
/** log π */
export const LOG_PI: number = 1.1447298858494002
/** 1/√(2π) */
export const ONE_OVER_SQRT_TWO_PI: number = 0.3989422804014327
