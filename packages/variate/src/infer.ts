import { infer as inferModel } from '@variate/inference'

// Declared here, for bundled types do not export a name of another package that is a keyword of theirs.
export const infer: typeof inferModel = inferModel
