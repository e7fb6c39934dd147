/** Descriptions as they are published, cut down to what matters here. Sources: the OpenAPI Initiative's and Google's own examples. */

/** Swagger Petstore, OpenAPI 3. */
export function petstoreYaml(servers = 'servers:\n  - url: https://petstore3.swagger.io/api/v3\n'): string {
  return `# https://github.com/swagger-api/swagger-petstore
openapi: 3.0.4
info:
  title: Swagger Petstore - OpenAPI 3.0
  description: |-
    This is a sample server. You can find out more at [https://swagger.io](https://swagger.io).

    servers:
      - url: https://not.a.server
  version: 1.0.27
externalDocs:
  url: https://swagger.io
${servers}tags:
- name: pet
  description: "Everything about your Pets: all of them"
paths:
  /pet:
    servers:
      - url: https://other.petstore3.swagger.io
    put:
      operationId: updatePet
      responses:
        '200':
          description: Successful operation
components:
  schemas:
    Order:
      type: object
`;
}

/** The same in JSON. */
export function petstoreJson(
  parts: { servers?: unknown } = { servers: [{ url: 'https://petstore3.swagger.io/api/v3' }] },
): string {
  const rest = {
    info: { title: 'Swagger Petstore - OpenAPI 3.0', version: '1.0.27', description: 'Say "hi": [{}], \\ and so on' },
    paths: { '/pet': { servers: [{ url: 'https://other.petstore3.swagger.io' }], put: { operationId: 'updatePet' } } },
  };
  return JSON.stringify({ openapi: '3.0.4', ...rest, ...parts, tags: [] }, null, 2);
}

/** Swagger Petstore, Swagger 2. */
export function petstoreSwagger(parts: Readonly<Record<string, unknown>> = { host: 'petstore.swagger.io' }): string {
  const rest = { basePath: '/v2', schemes: ['https', 'http'], paths: { '/pet': { post: { operationId: 'addPet' } } } };
  return JSON.stringify(
    { swagger: '2.0', info: { title: 'Swagger Petstore', version: '1.0.7' }, ...rest, ...parts },
    null,
    4,
  );
}

/** Google's Discovery document of Cloud Run. */
export function discoveryJson(rootUrl = 'https://run.googleapis.com/'): string {
  return JSON.stringify(
    {
      kind: 'discovery#restDescription',
      auth: {
        oauth2: { scopes: { 'https://www.googleapis.com/auth/cloud-platform': { description: 'See your data' } } },
      },
      baseUrl: 'https://run.googleapis.com/',
      batchPath: 'batch',
      rootUrl,
      servicePath: '',
      resources: {
        projects: { methods: { list: { id: 'run.projects.list', httpMethod: 'GET', path: 'v2/projects' } } },
      },
    },
    null,
    2,
  );
}
