import type { JsonString } from '../mcp/jsonText.ts';
import { bridgedUrl, type McpServer, type NamedString } from '../mcp/mcpDocument.ts';
import { tokenVariable } from '../mcp/token.ts';
import { isKnownKey, isPlaceholderSecret, isSecretName, schemeLength } from './secretForm.ts';

/** A secret that stands in a server's definition; `offset` and `length` in the string's value. */
export interface McpSecret {
  readonly string: JsonString;
  readonly offset: number;
  readonly length: number;
  /** Where it stands, for people, not yet escaped. */
  readonly what: string;
  /** The variable that should hold it; absent where no variable can stand there. */
  readonly variable?: string;
}

/** The literal secrets of a server: in its headers, its URLs, and the environment of its command. */
export function mcpSecrets(server: McpServer): readonly McpSecret[] {
  const bridged = bridgedUrl(server);
  const urls = [...(server.url === undefined ? [] : [server.url]), ...(bridged === undefined ? [] : [bridged])];
  return [
    ...urls.flatMap(secretsOfUrl),
    ...server.headers.flatMap(secretOfHeader),
    ...server.env.flatMap(secretOfVariable),
  ];
}

function secretOfHeader({ name, value: string }: NamedString): readonly McpSecret[] {
  const { value } = string;
  const offset = schemeLength(value);
  const credential = value.slice(offset);
  const isCredential = /^(?:proxy-)?authorization$/i.test(name) || isSecretName(name);
  if (isPlaceholderSecret(credential) || !(isCredential || isKnownKey(value))) return [];
  const variable = headerVariable(name);
  return [{ string, offset, length: credential.length, what: `its header ${name}`, variable }];
}

/** ClawQL takes its key from any of three headers. Source: newer ClawQL, `CLAWQL_AUTH_MODE=apiKey`. */
function headerVariable(name: string): string {
  if (/^(?:authorization|x-api-key|x-clawql-api-key)$/i.test(name)) return tokenVariable;
  return name.replace(/^x-/i, '').replace(/\W+/g, '_').toUpperCase();
}

function secretOfVariable({ name, value: string }: NamedString): readonly McpSecret[] {
  const { value } = string;
  if (isPlaceholderSecret(value) || !(isKnownKey(value) || (isSecretName(name) && isOpaque(value)))) return [];
  const isName = /^[A-Za-z_]\w*$/.test(name);
  return [
    { string, offset: 0, length: value.length, what: `its variable ${name}`, ...(isName ? { variable: name } : {}) },
  ];
}

/** A path, a number or a switch is no secret, whatever the name says. */
function isOpaque(value: string): boolean {
  return !/^(?:[~.]?[\\/]|[a-z]:\\|file:)|^(?:\d+|true|false|yes|no|on|off)$/i.test(value);
}

/** Read as text: a variable in the host is nothing that a URL parser takes. */
function secretsOfUrl(string: JsonString): readonly McpSecret[] {
  const { value } = string;
  const [, origin = '', user = ''] = /^([a-z][\w+.-]*:\/\/)([^/?#@\s]*)@/i.exec(value) ?? [];
  const password = user.includes(':') ? user.slice(user.indexOf(':') + 1) : '';
  const hasUser = !isPlaceholderSecret(password) || isKnownKey(user);
  const credentials = { string, offset: origin.length, length: user.length, what: 'its URL, before the host' };
  return [...(hasUser ? [credentials] : []), ...secretsOfQuery(string)];
}

function secretsOfQuery(string: JsonString): readonly McpSecret[] {
  const [query = ''] = /\?[^#]*/.exec(string.value) ?? [];
  const start = string.value.indexOf('?');
  return [...query.matchAll(/([?&])([^=&]*)=([^&]*)/g)].flatMap(
    ({ index, 1: mark = '', 2: name = '', 3: value = '' }) => {
      const isNamed = isSecretName(name) || /^(?:access_?token|auth)$/i.test(name);
      if (isPlaceholderSecret(value) || !(isKnownKey(value) || (isNamed && isOpaque(value)))) return [];
      const offset = start + index + mark.length + name.length + 1;
      return [{ string, offset, length: value.length, what: `its URL, as ${name}`, variable: tokenVariable }];
    },
  );
}
