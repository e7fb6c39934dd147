import type { Node } from 'jsonc-parser';
import { catalogueRow } from '../clawql/catalogue.ts';
import { holdsJson } from '../clawql/jsonFault.ts';
import type { EnvEntry } from '../dotenv/envDocument.ts';
import { innerSpans } from '../dotenv/innerText.ts';
import { parseJsonText, propertiesOf, stringOf } from '../mcp/jsonText.ts';
import { secretByForm, secretByPlace, type LiveSecret } from './liveSecret.ts';

/** The live secrets in the value of a variable, each where it stands in the text. */
export function envSecrets(text: string, entry: EnvEntry): readonly LiveSecret[] {
  const found = secretsIn(entry);
  if (found.length === 0) return [];
  const spanOf = innerSpans(text, entry);
  return found.map((secret) => ({ ...secret, span: spanOf(secret.span) ?? entry.rawSpan }));
}

/** Spans are of the value. */
function secretsIn({ name, value }: EnvEntry): readonly LiveSecret[] {
  if (holdsJson(name)) {
    const inner = jsonSecrets(name, value);
    if (inner.length > 0) return inner;
  }
  const secret = isSecretName(name) ? secretByPlace(value) : secretByForm(value);
  return secret === undefined ? [] : [secret];
}

/** Among the catalogue's secrets are names of accounts and of files; a list of headers is looked at for keys alone. */
function isSecretName(name: string): boolean {
  return catalogueRow(name)?.kind === 'secret' && !/_(EMAIL|PATH|USER|ID|HEADERS)$/.test(name);
}

function jsonSecrets(name: string, value: string): readonly LiveSecret[] {
  const { root, problems } = parseJsonText(value, 'strict');
  if (root === undefined || problems.length > 0) return [];
  const secrets: LiveSecret[] = [];
  const visit = (node: Node, isSecret: boolean): void => {
    for (const child of node.type === 'array' ? (node.children ?? []) : []) visit(child, isSecret);
    for (const { key, value: inner } of propertiesOf(node)) {
      if (inner !== undefined) visit(inner, isSecret || isSecretKey(key));
    }
    const string = stringOf(value, node);
    const secret = string && (isSecret ? secretByPlace(string.raw) : secretByForm(string.raw));
    if (string === undefined || secret === undefined) return;
    const { offset, length } = secret.span;
    secrets.push({ ...secret, span: { offset: string.span.offset + offset, length } });
  };
  visit(root, name === 'CLAWQL_PROVIDER_AUTH_JSON');
  return secrets;
}

function isSecretKey(key: string): boolean {
  return /authorization|cookie|token|secret|password|api-?_?key/i.test(key);
}
