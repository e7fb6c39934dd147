import * as vscode from 'vscode';

import type { LocalServer } from '../../../core/serve/localServer.ts';
import type { ServePlace } from '../../../core/serve/servePlace.ts';
import type { ServePlan } from '../../../core/serve/servePlan.ts';
import { changeText, hostFilterText, reachText } from '../../../core/serve/serveText.ts';
import type { Tailnet } from '../../../core/tailnet/tailnet.ts';
import { shortName } from '../../../core/tailnet/tailnet.ts';
import { escapeLinks, escapedLines, escapedSentences } from '../../../core/views/escape.ts';
import type { ServeLook, ServersLook } from '../../../services/serve/serveEnds.ts';
import { askPort, askWhichServer } from './askForServer.ts';
import { cancellable } from '../../cancellable.ts';
import { carryOutServe, offerPresent } from './carryOutServe.ts';
import { shownCommand, type ServeParts } from './serveParts.ts';
import { sayWhyNot } from './serveTrouble.ts';

/**
 * *ClawQL: Serve This Machine's MCP on the Tailnet…*: finds the ClawQL that answers here, shows what will be run and changed, and runs it
 * when the user says so. Left at any point, it leaves the machine as it was.
 */
export async function serveMcp(parts: ServeParts): Promise<void> {
  if (!parts.snapshots.current.trusted) {
    void vscode.window.showWarningMessage(
      'ClawQL: this workspace is not trusted, so nothing is asked and nothing is served. Trust it first.',
    );
    return;
  }
  let ports = [...parts.snapshots.current.settings.ports, ...(await parts.configuredPorts())];
  for (;;) {
    const { found, look } = await lookFor(ports, parts);
    if (found.kind !== 'found') {
      await sayWhyNot('nothing is served', found, parts);
      return;
    }
    const { servers } = found;
    if (servers.length > 0) {
      const server = servers.length === 1 ? servers[0] : await askWhichServer(servers);
      if (server !== undefined) await follow(look ?? (await planFor(server, 'https', parts)), server, parts);
      return;
    }
    const port = await askPort();
    if (port === undefined) return;
    ports = [port];
  }
}

/** Both in one: the editor shows few messages at a time, and what comes after them is one. */
async function lookFor(
  ports: readonly number[],
  { services: { serve } }: ServeParts,
): Promise<{ readonly found: ServersLook; readonly look?: ServeLook }> {
  return cancellable('ClawQL: looking for ClawQL on this machine…', async (signal) => {
    const found = await serve.findServers(ports, signal);
    const [server, ...more] = found.kind === 'found' ? found.servers : [];
    return server === undefined || more.length > 0
      ? { found }
      : { found, look: await serve.plan(server, 'https', signal) };
  });
}

async function planFor(
  server: LocalServer,
  protocol: ServePlace['protocol'],
  { services }: ServeParts,
): Promise<ServeLook> {
  return cancellable('ClawQL: looking at what this machine serves…', (signal) =>
    services.serve.plan(server, protocol, signal),
  );
}

async function follow(look: ServeLook, server: LocalServer, parts: ServeParts): Promise<void> {
  if (look.kind === 'plan') await followPlan(look.plan, look.tailnet, server, parts);
  else if (look.kind === 'served') await offerPresent(look, server, parts);
  else if (look.kind === 'host-filter') await sayHostFilter(look.host, server);
  else await sayWhyNot('nothing is served', look, parts);
}

async function sayHostFilter(host: string, { port }: LocalServer): Promise<void> {
  const said = escapedSentences(hostFilterText(host, port));
  const choice = await vscode.window.showErrorMessage(`ClawQL: nothing is served: ${said}`, 'Copy the Variable');
  if (choice !== undefined) await vscode.env.clipboard.writeText(`MCP_HOST=${host}`);
}

async function followPlan(
  plan: Extract<ServeLook, { kind: 'plan' }>['plan'],
  tailnet: Tailnet,
  server: LocalServer,
  parts: ServeParts,
): Promise<void> {
  switch (plan.kind) {
    case 'published': {
      const turnOff = 'Turn Funnel Off…';
      const [where, reaches] = plan.isServed
        ? ['at which its ClawQL is served', 'reaches it too']
        : ['at which its ClawQL would be served', 'would reach it too'];
      const message =
        `ClawQL: this machine publishes port ${plan.port}, ${where}, to the whole internet by Funnel: ` +
        `whoever is outside the tailnet ${reaches}, whatever the policy says.`;
      const choice = await vscode.window.showErrorMessage(message, turnOff);
      if (choice !== undefined) await vscode.commands.executeCommand('clawql.turnFunnelOff', String(plan.port));
      return;
    }
    case 'refused':
      void vscode.window.showErrorMessage(`ClawQL: nothing is served: ${refusals[plan.reason]}`);
      return;
    case 'serve':
      await confirm(plan, tailnet, server, parts);
  }
}

const refusals: Readonly<Record<Extract<ServePlan, { kind: 'refused' }>['reason'], string>> = {
  unreadable: 'what this machine serves now is in a form that this extension does not know. Update ClawQL Tailnet.',
  'no-name':
    'this machine has no name in the tailnet, by which Tailscale Serve would answer. Have MagicDNS set up first.',
  'no-magic-dns':
    'MagicDNS is off for this tailnet, and Tailscale Serve answers by name alone. Have it switched on first, or let clients use the address and port of ClawQL itself.',
  'no-place':
    'each of the ports that would do has something else already. "tailscale serve status" shows what; take one of them away first.',
};

async function confirm(
  plan: Extract<ServePlan, { kind: 'serve' }>,
  tailnet: Tailnet,
  server: LocalServer,
  parts: ServeParts,
): Promise<void> {
  const { change, support } = plan;
  const { place, url } = change;
  const command = await shownCommand(parts, change.args);
  const detail = [
    changeText(command, change, place.host),
    reachText(place, support),
    '"ClawQL: Stop Serving This Machine\'s MCP" takes it away again.',
  ].join('\n\n');
  const [serve, plain, copy] = ['Serve It', 'Serve It by HTTP…', 'Copy the Command'];
  const choice = await vscode.window.showInformationMessage(
    `Serve the ClawQL at port ${server.port} of ${escapeLinks(shortName(tailnet.self))} to the tailnet, at ${escapeLinks(url)}?`,
    { modal: true, detail: escapedLines(detail) },
    serve,
    ...(support === 'to-enable' && place.protocol === 'https' ? [plain] : []),
    copy,
  );
  if (choice === serve) await carryOutServe(change, { tailnet, server }, parts);
  else if (choice === plain) await follow(await planFor(server, 'http', parts), server, parts);
  else if (choice === copy) await vscode.env.clipboard.writeText(command);
}
