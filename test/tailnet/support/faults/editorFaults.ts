import { rootCertificates } from 'node:tls';
import { Agent, getGlobalDispatcher, ProxyAgent, setGlobalDispatcher, type Dispatcher } from 'undici';

import { startTailnetProxy, type TailnetProxy } from '../../../support/demo/tailnetProxy.ts';
import { closedPort } from '../../../unit/support/closedPort.ts';
import { quick, type Fault } from '../fault.ts';

/** What the process's own `fetch`, which stands for the editor's, goes through, as an editor's network settings have it. */
function through(start: () => Promise<Dispatcher>): Pick<Fault, 'make' | 'undo'> {
  const asBefore = getGlobalDispatcher();
  let taken: Dispatcher | undefined;
  return {
    async make() {
      taken = await start();
      setGlobalDispatcher(taken);
    },
    async undo() {
      setGlobalDispatcher(asBefore);
      await taken?.destroy();
    },
  };
}

/** A proxy that knows no way into the tailnet, and says so with a 502. */
function throughProxy(proxyTunnel: boolean): Pick<Fault, 'make' | 'undo'> {
  let proxy: TailnetProxy | undefined;
  const { make, undo } = through(async () => {
    proxy = await startTailnetProxy(() => ({ kind: 'foreign' }));
    return new ProxyAgent({ uri: proxy.url, proxyTunnel });
  });
  return {
    ...(make && { make }),
    async undo(scene) {
      await undo?.(scene);
      await proxy?.close();
    },
  };
}

/** How the editor's network settings can be in the way of a server that is well. */
export const editorFaults: readonly Fault[] = [
  {
    what: "editor's proxy is not there",
    ...through(async () => new ProxyAgent(`http://127.0.0.1:${await closedPort()}`)),
    expect: 'editor-proxy',
    remedy: /http\.noProxy/,
    within: quick,
  },
  {
    what: "editor's proxy refuses the tunnel",
    ...throughProxy(true),
    expect: 'editor-proxy',
    remedy: /http\.noProxy/,
    within: quick,
  },
  {
    what: "editor's proxy answers with a 502 of its own",
    under: 'headscale',
    ...throughProxy(false),
    expect: 'editor-proxy',
    remedy: /http\.noProxy/,
    within: quick,
  },
  {
    what: 'editor trusts fewer authorities',
    under: 'managed',
    url: ({ nameOf }) => `https://${nameOf('clawql-1')}/mcp`,
    ...through(() => Promise.resolve(new Agent({ connect: { ca: [...rootCertificates] } }))),
    expect: 'editor-trust',
    within: quick,
  },
];
