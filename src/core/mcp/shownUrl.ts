/** A URL or a part of one in which variables stand for others, such as `http://${env:CLAWQL_MCP_HOST}/mcp`. */
const withVariables = /^(?:https?:\/\/)?(?:\$?\{[\w:.-]+\}|\$\w+(?!\w)|[\w.[\]-])+(?::\d+)?(?:\/[\w./~-]*)?$/;

/**
 * A URL, or a host with or without port, as it may be shown and logged: user, password, query and fragment can hold a secret and are
 * left out. Names of variables are shown. Any other text is not shown at all.
 */
export function shownUrl(text: string): string {
  // A URL parser would write the name of a variable in lower case.
  if (text.length < 1000 && /[${]/.test(text) && withVariables.test(text)) return text;
  const url = URL.parse(text);
  // With the scheme written twice, user and password come to stand in the path.
  const hasUserInPath = url?.pathname.split('/').some((part) => part.includes(':') && part.includes('@')) === true;
  if (url !== null && url.host !== '' && !hasUserInPath) return `${url.protocol}//${url.host}${url.pathname}`;
  return /^[\w.:[\]-]{1,253}$/.test(text) ? text : 'another value';
}

/**
 * The name of a variable, or a reference to one, as it may be shown and logged. What else people write into one, such as a default that
 * its client does not know, can hold a secret and is left out.
 */
export function shownReference(text: string): string {
  const [open = '', kind = '', name = ''] = /^(?:(\$?\{)(\w+:(?!-))?)?([\w./~()-]*)/.exec(text)?.slice(1) ?? [];
  const close = open === '' ? '' : '}';
  return text.length < 200 && text === open + kind + name + close
    ? text
    : `${open}${kind === '' ? name : kind}…${close}`;
}
