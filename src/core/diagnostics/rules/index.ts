import { runnable, type RunnableRule } from '../rule.ts';
import { clusterName } from './clusterName.ts';
import { localhostUrl } from './localhostUrl.ts';
import { missingScheme } from './missingScheme.ts';
import { publicUrl } from './publicUrl.ts';
import { tailnetAddress } from './tailnetAddress.ts';
import { unknownNode } from './unknownNode.ts';

/** Every rule there is. A contract test wants each one's page, its tests and its place here. */
export const rules: readonly RunnableRule[] = [
  runnable(missingScheme),
  runnable(localhostUrl),
  runnable(publicUrl),
  runnable(unknownNode),
  runnable(tailnetAddress),
  runnable(clusterName),
];
