import { runnable, type RunnableRule } from '../rule.ts';
import { localhostUrl } from './localhostUrl.ts';
import { publicUrl } from './publicUrl.ts';
import { specServerRelative } from './specServerRelative.ts';
import { specServerTemplated } from './specServerTemplated.ts';

/** Every rule there is. A contract test wants each one's page, its tests and its place here. */
export const rules: readonly RunnableRule[] = [
  runnable(localhostUrl),
  runnable(publicUrl),
  runnable(specServerRelative),
  runnable(specServerTemplated),
];
