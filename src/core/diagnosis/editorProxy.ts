import type { Variables } from '../mcp/expansion.ts';
import type { EditorSeen } from './evidence.ts';

/** VS Code's settings `http.proxySupport`, `http.proxy` and `http.noProxy`. */
export interface ProxySettings {
  readonly support: string;
  /** Empty where it is not set. */
  readonly proxy: string;
  readonly noProxy: readonly string[];
}

/** In the order in which VS Code asks them, for https and http alike; it does not ask `ALL_PROXY`. */
const proxyVariables = ['https_proxy', 'HTTPS_PROXY', 'http_proxy', 'HTTP_PROXY'];

/**
 * The proxy by which VS Code sends a request, as far as settings and the environment decide; what the system's own settings say is not seen
 * from here. User and password are left out. Source: `@vscode/proxy-agent` 0.45.0 `src/index.ts` (useProxySettings), the same in VS Code
 * 1.105.1 and 1.139.1.
 */
export function editorProxy(url: string, settings: ProxySettings, environment: Variables): EditorSeen['proxy'] {
  const { protocol, hostname, port } = new URL(url);
  const name = hostname.replace(/^\[|\]$/g, '');
  if (settings.support === 'off' || ['localhost', '127.0.0.1', '::1', '::ffff:127.0.0.1'].includes(name)) {
    return undefined;
  }
  const fromEnvironment = firstSet(['no_proxy', 'NO_PROXY'], environment)?.value.split(',');
  const exceptions = settings.noProxy.length > 0 ? settings.noProxy : (fromEnvironment ?? []);
  if (isExcepted(name, port || (protocol === 'https:' ? '443' : '80'), exceptions)) return undefined;
  const bySetting = placeOf(settings.proxy);
  if (bySetting !== undefined) return { by: 'http.proxy', to: bySetting };
  const variable = firstSet(proxyVariables, environment);
  const to = placeOf(variable?.value ?? '');
  return variable === undefined || to === undefined ? undefined : { by: variable.name, to };
}

/** An empty variable is as good as none. */
function firstSet(
  names: readonly string[],
  environment: Variables,
): { readonly name: string; readonly value: string } | undefined {
  for (const name of names) {
    const value = environment[name] ?? '';
    if (value !== '') return { name, value };
  }
  return undefined;
}

function isExcepted(name: string, port: string, exceptions: readonly string[]): boolean {
  const all = exceptions.map((one) => one.trim().toLowerCase());
  if (all.includes('*')) return true;
  return all.some((one) => {
    const [domain = '', only = ''] = one.split(':', 2);
    if (domain === '') return false;
    const suffix = domain.startsWith('.') ? domain : `.${domain}`;
    return `.${name.toLowerCase()}`.endsWith(suffix) && (only === '' || only === port);
  });
}

/** Host and port; undefined for what VS Code takes for no proxy. */
function placeOf(text: string): string | undefined {
  const url = text.trim();
  if (!/^(https?|socks(4a?|5h?)?):\/\//i.test(url)) return undefined;
  const { host = '' } = URL.parse(url) ?? {};
  return host === '' ? 'another value' : host;
}
