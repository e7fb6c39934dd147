import { isWritten, type Dialect } from '../../mcp/dialect.ts';
import { replacePart } from '../../mcp/jsonEdits.ts';
import { partSpan } from '../../mcp/jsonText.ts';
import { referenceTo } from '../../mcp/references.ts';
import { flat } from '../../views/escape.ts';
import { calledServer } from '../calledServer.ts';
import type { Fix } from '../fix.ts';
import { mcpSecrets, type McpSecret } from '../mcpSecrets.ts';
import { mayBeTracked } from '../placePolicy.ts';
import type { Finding, Rule, RuleContext } from '../rule.ts';
import { fileName, type Tracking } from '../sourceDocument.ts';

interface LiteralSecret {
  readonly server: string;
  readonly secret: McpSecret;
  readonly dialect: Dialect;
  readonly file: string;
  readonly tracking: Tracking;
}

export const mcpSecret: Rule<LiteralSecret> = {
  meta: {
    id: 'mcp-secret',
    severity: 'error',
    summary: 'A ClawQL server of an MCP file holds a token or a password itself.',
  },
  check,
  message: (data) => {
    const { server, secret, file, tracking } = data;
    const readers: Readonly<Record<Tracking, string>> = {
      tracked: `git tracks ${flat(file)}, so it is in the history for everybody who has the repository`,
      unknown: `git may track ${flat(file)}, and then everybody who has the repository has it`,
      untracked: `everything that reads ${flat(file)} gets it, and one "git add" publishes it`,
      ignored: `everything that reads ${flat(file)} gets it`,
    };
    return `${calledServer(server)} holds a secret in ${flat(secret.what)}: ${readers[tracking]}. ${remedy(data)}`;
  },
  fixes,
};

function check({ model, servers }: RuleContext): readonly Finding<LiteralSecret>[] {
  if (model.kind !== 'mcp') return [];
  const { source, mcp } = model;
  const severity = mayBeTracked(source) ? 'error' : 'warning';
  const known = { dialect: mcp.dialect, file: fileName(source.path), tracking: source.tracking };
  return servers.flatMap((server) =>
    mcpSecrets(server).map((secret) => ({
      span: partSpan(secret.string, secret.offset, secret.length),
      severity,
      data: { ...known, server: server.key, secret },
    })),
  );
}

function remedy(data: LiteralSecret): string {
  const { variable } = data.secret;
  const isSeen = mayBeTracked(data) ? ', and change the secret, because others may have it' : '';
  const isMovable = variable !== undefined && referenceIn(data) !== undefined;
  return isMovable
    ? `Name the variable ${variable} there and set it where ${data.dialect.client} is started${isSeen}.`
    : `Take it out of the file${isSeen}.`;
}

/** How the client names the variable; undefined where no variable can stand, or the client's way is not known well enough to write it. */
function referenceIn({ secret: { variable }, dialect }: LiteralSecret): string | undefined {
  return variable === undefined || !isWritten(dialect) ? undefined : referenceTo(variable, dialect.expansion);
}

/** Never preferred: the server works again only when its user has set the variable. */
function fixes(data: LiteralSecret): readonly Fix[] {
  const { secret, dialect } = data;
  const reference = referenceIn(data);
  if (reference === undefined) return [];
  const edits = [replacePart(secret.string, secret.offset, secret.length, reference)];
  const title = `Use the variable ${secret.variable ?? ''}, set where ${dialect.client} is started`;
  return [{ kind: 'edit', title, isPreferred: false, edits }];
}
