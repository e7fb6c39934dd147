import assert from 'node:assert/strict';
import { parseEnv } from '../../../../src/core/dotenv/envDocument.ts';
import { specUses } from '../../../../src/core/spec/specUse.ts';
import { node, settings } from '../../support/builders.ts';
import { oneHost, type Place, type World } from './world.ts';

/** The place of the description that a `.env` names at `path`, which must be one of those that ClawQL reads. */
export function namedBy(env: string, path: string, place: Place = {}): Place {
  const spec = specUses(parseEnv(env), '/w/.env').find((use) => use.path === path);
  assert.ok(spec, `${path} is not read`);
  return { ...place, spec };
}

/** The only description, of an API that ClawQL knows nothing of. */
export const only = namedBy('CLAWQL_SPEC_PATH=openapi.yaml', '/w/openapi.yaml');

/** The description of Paperless, behind another one. */
export const paperless = namedBy(
  'CLAWQL_SPEC_PATHS=crm/openapi.yaml,specs/paperless/openapi.yaml',
  '/w/specs/paperless/openapi.yaml',
);

/** Besides the host that runs ClawQL one that runs Paperless. */
export const withPaperless: World = {
  ...oneHost,
  peers: [node('clawql-1'), node('docs', { tags: ['tag:paperless'] })],
  snapshot: { settings: settings({ roles: { 'tag:paperless': 'PAPERLESS_BASE_URL' } }) },
};
