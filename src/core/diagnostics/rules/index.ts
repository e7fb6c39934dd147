import { runnable, type RunnableRule } from '../rule.ts';
import { localhostUrl } from './localhostUrl.ts';
import { publicUrl } from './publicUrl.ts';

/** Every rule there is. A contract test wants each one's page, its tests and its place here. */
export const rules: readonly RunnableRule[] = [runnable(localhostUrl), runnable(publicUrl)];
