import { clawqlEnvShapes } from './clawqlEnvShapes.ts';
import { clientShapes } from './clientShapes.ts';
import { mcpShapes } from './mcpShapes.ts';
import { otherEnvShapes } from './otherEnvShapes.ts';
import type { Shape } from './shape.ts';
import { specShapes } from './specShapes.ts';

export const realWorldShapes: readonly Shape[] = [
  ...mcpShapes,
  ...clientShapes,
  ...clawqlEnvShapes,
  ...otherEnvShapes,
  ...specShapes,
];
