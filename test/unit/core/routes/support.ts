import type { Answers } from '../../../../src/core/routes/asking.ts';
import type { Configuration, Description, EnvFile } from '../../../../src/core/routes/configuration.ts';
import { configurationsOf } from '../../../../src/core/routes/configurations.ts';
import type { Route } from '../../../../src/core/routes/route.ts';
import type { Snapshot } from '../../../../src/core/snapshot.ts';
import { decisionSaid, targetText } from '../../../../src/core/views/routes/routeText.ts';
import { node, running, selectionOf, snapshot } from '../../support/builders.ts';

export const mcp = node('clawql-1', { addresses: ['100.64.0.2'] });
export const paperless = node('paperless', { addresses: ['100.64.0.3'], tags: [] });
export const stranger = node('strangers-phone', { addresses: ['100.64.0.9'], tags: [] });

/** A tailnet in which another machine than this one runs ClawQL, and is selected. */
export function elsewhere(parts: Partial<Snapshot> = {}): Snapshot {
  return snapshot({ tailnet: running([mcp, paperless, stranger]), selection: selectionOf(mcp), ...parts });
}

/** Nothing is selected: as far as is known ClawQL runs here. */
export function here(parts: Partial<Snapshot> = {}): Snapshot {
  return snapshot({ tailnet: running([mcp, paperless, stranger]), ...parts });
}

/** A `.env` at the top of the workspace, with the files that it names by their paths from there. */
export function envFile(text: string, descriptions: Readonly<Record<string, string | Description>> = {}): EnvFile {
  const found = Object.entries(descriptions).map(([path, described]): readonly [string, Description] => [
    `/w/${path}`,
    typeof described === 'string' ? { kind: 'read', uri: `file:///w/${path}`, path, text: described } : described,
  ]);
  return { uri: 'file:///w/.env', absolutePath: '/w/.env', path: '.env', text, descriptions: new Map(found) };
}

export interface Situation {
  readonly snapshot?: Snapshot;
  readonly environment?: Readonly<Record<string, string>>;
  readonly descriptions?: Readonly<Record<string, string | Description>>;
  readonly answers?: Answers;
}

/** The one configuration of a `.env`. */
export function configurationOf(text: string, situation: Situation = {}): Configuration {
  const { snapshot: seen = here(), environment = {}, descriptions = {}, answers = new Map() } = situation;
  const input = { snapshot: seen, environment: new Map(Object.entries(environment)), answers };
  const [configuration] = configurationsOf({ ...input, files: [envFile(text, descriptions)] });
  if (configuration === undefined) throw new Error("The .env configures no server of ClawQL's.");
  return configuration;
}

/** Each route as `name -> where, by what decides`; what does not count behind it. */
export function routesIn(text: string, situation?: Situation): readonly string[] {
  return configurationOf(text, situation).routes.map(written);
}

export function routeIn(text: string, name: string, situation?: Situation): Route {
  const { routes, others } = configurationOf(text, situation);
  const found = [...routes, ...others].find((route) => route.name === name);
  if (found === undefined) throw new Error(`There is no route ${name}.`);
  return found;
}

function written({ name, target, decidedBy, shadowed }: Route): string {
  const not = shadowed.map((one) => `; not ${decisionSaid(one).text}`).join('');
  return `${name} -> ${targetText(target)} | ${decisionSaid(decidedBy).text}${not}`;
}
