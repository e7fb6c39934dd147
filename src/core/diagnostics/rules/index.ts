import { runnable, type RunnableRule } from '../rule.ts';
import { clusterName } from './clusterName.ts';
import { envCommentTruncation } from './envCommentTruncation.ts';
import { envDuplicate } from './envDuplicate.ts';
import { envGlobalBaseUrl } from './envGlobalBaseUrl.ts';
import { envJson } from './envJson.ts';
import { envMcpHost } from './envMcpHost.ts';
import { envSecretTracked } from './envSecretTracked.ts';
import { envUnreadVariable } from './envUnreadVariable.ts';
import { funnelExposed } from './funnelExposed.ts';
import { localhostUrl } from './localhostUrl.ts';
import { missingScheme } from './missingScheme.ts';
import { mcpDuplicateServer } from './mcpDuplicateServer.ts';
import { mcpHardcodedUrl } from './mcpHardcodedUrl.ts';
import { mcpPath } from './mcpPath.ts';
import { mcpSecret } from './mcpSecret.ts';
import { mcpVariableUnset } from './mcpVariableUnset.ts';
import { mcpVariableUnsupported } from './mcpVariableUnsupported.ts';
import { mcpWrongKey } from './mcpWrongKey.ts';
import { policyAllowAll } from './policyAllowAll.ts';
import { policyDestination } from './policyDestination.ts';
import { policyMcpPort } from './policyMcpPort.ts';
import { policySecret } from './policySecret.ts';
import { policyUndefinedName } from './policyUndefinedName.ts';
import { policyUnsupported } from './policyUnsupported.ts';
import { policyUserForm } from './policyUserForm.ts';
import { publicUrl } from './publicUrl.ts';
import { specServerRelative } from './specServerRelative.ts';
import { specServerTemplated } from './specServerTemplated.ts';
import { tailnetAddress } from './tailnetAddress.ts';
import { unknownNode } from './unknownNode.ts';

/** Every rule there is. A contract test wants each one's page, its tests and its place here. */
export const rules: readonly RunnableRule[] = [
  runnable(envCommentTruncation),
  runnable(envDuplicate),
  runnable(envGlobalBaseUrl),
  runnable(envJson),
  runnable(envMcpHost),
  runnable(envSecretTracked),
  runnable(envUnreadVariable),
  runnable(localhostUrl),
  runnable(publicUrl),
  runnable(missingScheme),
  runnable(unknownNode),
  runnable(tailnetAddress),
  runnable(clusterName),
  runnable(funnelExposed),
  runnable(mcpDuplicateServer),
  runnable(mcpHardcodedUrl),
  runnable(mcpPath),
  runnable(mcpSecret),
  runnable(mcpVariableUnset),
  runnable(mcpVariableUnsupported),
  runnable(mcpWrongKey),
  runnable(policyAllowAll),
  runnable(policyDestination),
  runnable(policyMcpPort),
  runnable(policySecret),
  runnable(policyUndefinedName),
  runnable(policyUnsupported),
  runnable(policyUserForm),
  runnable(specServerRelative),
  runnable(specServerTemplated),
];
