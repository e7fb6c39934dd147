import assert from 'node:assert/strict';
import { node } from '../../support/builders.ts';
import { briefly, fixesOf, lookups, oneHost, onlyProblem, type World } from './world.ts';

const world: World = {
  ...oneHost,
  peers: [...(oneHost.peers ?? []), node('api', { addresses: ['100.64.0.7'], tags: [] })],
};
const graphql = (endpoint: string): string => `CLAWQL_GRAPHQL_SOURCES='[{"name":"mine","endpoint":"${endpoint}"}]'\n`;
const grpc = (endpoint: string): string => `CLAWQL_GRPC_SOURCES=[{"name":"svc", "endpoint":"${endpoint}"}]\n`;

describe('endpoints in a JSON list', () => {
  it('are underlined where they stand', () => {
    assert.deepEqual(briefly('/w/.env', graphql('http://localhost:4000/graphql'), world), [
      'localhost-url warning http://localhost:4000/graphql',
    ]);
    const lines = 'CLAWQL_GRAPHQL_SOURCES="[\\n{`name`:`a`,`endpoint`:`http://127.0.0.1`}]"'.replaceAll('`', '"');
    assert.deepEqual(briefly('/w/.env', lines, world), ['localhost-url warning http://127.0.0.1']);
    assert.deepEqual(briefly('/w/.env', graphql(String.raw`http:\/\/127.0.0.1`), world), [
      String.raw`localhost-url warning http:\/\/127.0.0.1`,
    ]);
    assert.deepEqual(briefly('/w/.env', grpc('8.8.8.8:443'), world), ['public-url warning 8.8.8.8:443']);
  });

  it('are said by the name of their record', () => {
    assert.match(
      onlyProblem('/w/.env', graphql('http://localhost:4000/graphql'), world).message,
      /^Source "mine" of CLAWQL_GRAPHQL_SOURCES points at localhost: the ClawQL server that reads this looks for that GraphQL API/,
    );
  });

  it('are mended there, and nothing else is changed', () => {
    const mended = fixesOf('/w/.env', graphql('http://localhost:4000/graphql'), world);
    assert.equal(
      mended['Use http://clawql-1.tail1a2b3.ts.net:4000 if that GraphQL API runs there'],
      graphql('http://clawql-1.tail1a2b3.ts.net:4000/graphql'),
    );
    const { 'Use api.tail1a2b3.ts.net:50051': host, '* Use api.tail1a2b3.ts.net:50051': preferred } = fixesOf(
      '/w/.env',
      grpc('100.64.0.7:50051'),
      world,
    );
    assert.equal(preferred ?? host, grpc('api.tail1a2b3.ts.net:50051'));
    assert.equal(
      fixesOf('/w/.env', grpc('100.64.0.7:80'), world)['* Use api.tail1a2b3.ts.net:80'],
      grpc('api.tail1a2b3.ts.net:80'),
    );
  });

  it('are looked up like others', () => {
    assert.deepEqual(lookups('/w/.env', graphql('https://api.company.dev/graphql'), world), ['api.company.dev']);
    assert.deepEqual(lookups('/w/.env', grpc('grpc.company.dev:443'), world), ['grpc.company.dev']);
  });

  it('are none in a text that is no JSON, in records without a name, and in what is no endpoint', () => {
    for (const value of [
      '[{"name":"a","endpoint":"http://localhost"}',
      '{"name":"a","endpoint":"http://localhost"}',
      '[{"endpoint":"http://localhost"},{"name":1,"endpoint":"http://localhost"},["http://localhost"],"http://localhost"]',
      '[{"name":"a","url":"http://localhost"}]',
      '[{"name":"a","endpoint":["http://localhost"]}]',
      'http://localhost',
    ]) {
      // That it is not as it should be is what env-json says.
      const found = briefly('/w/.env', `CLAWQL_GRAPHQL_SOURCES='${value}'`, world);
      assert.deepEqual(
        found.filter((line) => !line.startsWith('env-json ')),
        [],
        value,
      );
    }
    // A gRPC endpoint has no scheme, so none is missed; and one that is only a name leads nowhere that is known.
    for (const endpoint of ['paperless', 'unix:/run/a.sock', 'dns:///8.8.8.8:443', '$HOST:50051', 'your-host:50051']) {
      assert.deepEqual(briefly('/w/.env', grpc(endpoint), world), [], endpoint);
    }
  });
});
