import { discoveryJson, petstoreJson, petstoreSwagger, petstoreYaml } from '../../spec/specTexts.ts';
import { namedBy, only, paperless } from '../specs.ts';
import { everywhere, type Shape } from './shape.ts';

const path = '/w/openapi.yaml';
const covered = namedBy('CLAWQL_SPEC_PATH=openapi.yaml\nCLAWQL_API_BASE_URL=http://docs.tail1a2b3.ts.net', path);

/** Descriptions of APIs that a `.env` of ClawQL's names. */
export const specShapes: readonly Shape[] = [
  { title: 'OpenAPI 3 of a public API', path, in: everywhere, place: only, text: petstoreYaml() },
  { title: 'the same in JSON', path, in: everywhere, place: only, text: petstoreJson() },
  { title: 'Swagger 2 of a public API', path, in: everywhere, place: only, text: petstoreSwagger() },
  { title: "Google's Discovery document", path, in: everywhere, place: only, text: discoveryJson() },
  {
    title: 'OpenAPI 3.1 with webhooks and a variable in an unread server',
    path,
    in: everywhere,
    place: only,
    text: `openapi: "3.1.0"
info: { title: Train Travel API, version: 1.2.1 }
servers:
  - url: https://try.microcks.io/rest/Train+Travel+API/1.0.0
    description: Mock Server
  - url: "https://{environment}.example.com"
    variables:
      environment: { default: api }
webhooks:
  newBooking:
    post: { responses: { "200": { description: ok } } }
`,
  },
  {
    title: 'OpenAPI 3 of a service of the compose stack',
    path,
    in: everywhere,
    place: { ...only, besideCompose: true },
    text: petstoreYaml('servers:\n  - url: http://petstore:8080/api/v3\n'),
  },
  {
    title: 'OpenAPI 3 of a node of the tailnet',
    path,
    in: ['laptop', 'host', 'restricted', 'alone', 'container'],
    place: only,
    text: petstoreYaml('servers:\n- url: "http://docs.tail1a2b3.ts.net:8000"\n'),
  },
  {
    title: 'OpenAPI 3 of a service of this machine, which is the host',
    path,
    in: ['host', 'alone', 'container'],
    place: only,
    text: petstoreYaml('servers:\n- url: http://localhost:3000\n'),
  },
  {
    title: 'a relative server, where a variable gives the whole URL',
    path,
    in: everywhere,
    place: covered,
    text: petstoreYaml('servers:\n  - url: /api/v3\n'),
  },
  {
    title: 'FastAPI without servers, where a variable gives the URL',
    path,
    in: everywhere,
    place: covered,
    text: '{"openapi":"3.1.0","info":{"title":"FastAPI","version":"0.1.0"},"paths":{"/items/{item_id}":{"get":{"summary":"Read Item"}}}}',
  },
  {
    title: 'something else that is named by mistake',
    path,
    in: everywhere,
    place: only,
    text: 'name: ci\non: [push]\n',
  },
  {
    title: 'FastAPI without servers',
    path,
    place: only,
    text: '{"openapi":"3.1.0","info":{"title":"FastAPI","version":"0.1.0"},"paths":{}}',
    finds: [['spec-server-relative', '3.1.0']],
  },
  {
    title: 'a relative server',
    path,
    place: only,
    text: petstoreYaml('servers:\n  - url: /api/v3\n'),
    finds: [['spec-server-relative', '/api/v3']],
  },
  {
    title: 'a server with a variable',
    path,
    place: only,
    text: petstoreYaml(
      'servers:\n  - url: https://{region}.company.dev\n    variables:\n      region:\n        default: us\n',
    ),
    finds: [['spec-server-templated', 'https://{region}.company.dev']],
  },
  {
    title: 'a server on this machine, while ClawQL runs elsewhere',
    path,
    place: only,
    text: petstoreYaml('servers:\n- url: http://localhost:3000\n'),
    finds: [['localhost-url', 'http://localhost:3000']],
  },
  {
    title: 'the public demo of Paperless in its description',
    path: '/w/specs/paperless/openapi.yaml',
    place: paperless,
    text: petstoreYaml('servers:\n  - url: https://paperless.company.dev\n'),
    finds: [['public-url', 'https://paperless.company.dev']],
  },
];
