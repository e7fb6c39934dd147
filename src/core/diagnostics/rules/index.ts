import { runnable, type RunnableRule } from '../rule.ts';
import { localhostUrl } from './localhostUrl.ts';
import { mcpDuplicateServer } from './mcpDuplicateServer.ts';
import { mcpHardcodedUrl } from './mcpHardcodedUrl.ts';
import { mcpPath } from './mcpPath.ts';
import { mcpSecret } from './mcpSecret.ts';
import { mcpVariableUnset } from './mcpVariableUnset.ts';
import { mcpVariableUnsupported } from './mcpVariableUnsupported.ts';
import { mcpWrongKey } from './mcpWrongKey.ts';
import { publicUrl } from './publicUrl.ts';

/** Every rule there is. A contract test wants each one's page, its tests and its place here. */
export const rules: readonly RunnableRule[] = [
  runnable(localhostUrl),
  runnable(mcpDuplicateServer),
  runnable(mcpHardcodedUrl),
  runnable(mcpPath),
  runnable(mcpSecret),
  runnable(mcpVariableUnset),
  runnable(mcpVariableUnsupported),
  runnable(mcpWrongKey),
  runnable(publicUrl),
];
