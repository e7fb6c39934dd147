import assert from 'node:assert/strict';
import fc from 'fast-check';
import { applyEdits, spanEnd } from '../../../../src/core/text.ts';
import { node } from '../../support/builders.ts';
import { discoveryJson, petstoreJson, petstoreSwagger, petstoreYaml } from '../spec/specTexts.ts';
import { namedBy, only, paperless, withPaperless } from './specs.ts';
import { briefly, fixesOf, lookups, oneHost, onlyProblem, problemsOf, taggedSelf, type World } from './world.ts';

const file = '/w/openapi.yaml';
const paperlessFile = '/w/specs/paperless/openapi.yaml';
const server = (url: string): string => petstoreYaml(`servers:\n  - url: ${url}\n`);
const looked: World = { ...oneHost, snapshot: { lookups: new Map([['docs.company.dev', ['93.184.215.14']]]) } };

describe('the zone rules, on the server of a description', () => {
  it('find localhost, wherever the format has the host', () => {
    const local = 'http://localhost:3000/api';
    assert.deepEqual(briefly(file, server(local), oneHost, only), [`localhost-url warning ${local}`]);
    assert.deepEqual(briefly(file, petstoreJson({ servers: [{ url: local }] }), oneHost, only), [
      `localhost-url warning ${local}`,
    ]);
    assert.deepEqual(briefly(file, petstoreSwagger({ host: '127.0.0.1:3000' }), oneHost, only), [
      'localhost-url warning 127.0.0.1:3000',
    ]);
    assert.deepEqual(briefly(file, discoveryJson('http://[::1]/'), oneHost, only), [
      'localhost-url warning http://[::1]/',
    ]);
  });

  it('find a service of its own on the internet, and let a vendor be where its description says', () => {
    const url = 'https://docs.company.dev/api';
    assert.deepEqual(briefly(paperlessFile, server(url), looked, paperless), [`public-url error ${url}`]);
    assert.deepEqual(briefly(file, server(url), looked, only), []);
    assert.deepEqual(briefly(file, server('https://8.8.8.8/'), looked, only), []);
    assert.deepEqual(lookups(paperlessFile, server(url), oneHost, paperless), ['docs.company.dev']);
  });

  it('find nothing where the server does not count', () => {
    const local = server('http://localhost:3000');
    const covered = (env: string) => namedBy(`CLAWQL_SPEC_PATH=openapi.yaml\n${env}`, file);
    assert.deepEqual(briefly(file, local, oneHost, covered('API_BASE_URL=http://api')), []);
    assert.deepEqual(
      lookups(file, server('https://docs.company.dev'), oneHost, covered('API_BASE_URL=http://api')),
      [],
    );
    const second = petstoreYaml('servers:\n- url: https://a.b\n- url: http://localhost:3000\n');
    assert.deepEqual(briefly(file, second, oneHost, only), []);
  });

  it('find nothing where localhost is right, or a container reads it', () => {
    const local = server('http://localhost:3000');
    assert.deepEqual(briefly(file, local, { ...oneHost, self: taggedSelf }, only), []);
    assert.deepEqual(briefly(file, local, {}, only), []);
    assert.deepEqual(briefly(file, local, oneHost, { ...only, besideCompose: true }), []);
    assert.deepEqual(briefly(file, local, oneHost, { ...only, isHere: false }), [
      'localhost-url information http://localhost:3000',
    ]);
  });

  it('say where the host stands, and what counts before it', () => {
    assert.equal(
      onlyProblem(paperlessFile, server('http://localhost:8000/api'), withPaperless, paperless).message,
      'servers[0].url points at localhost: the ClawQL server that reads this looks for Paperless on its own machine. ' +
        'docs carries tag:paperless, which clawql.roles gives to PAPERLESS_BASE_URL. ' +
        'Write the whole URL of Paperless there, or set PAPERLESS_BASE_URL in .env (.env names this file in CLAWQL_SPEC_PATHS).',
    );
  });

  it('find a host with a port that has no scheme, and leave what has no port to the rule on relative URLs', () => {
    assert.deepEqual(briefly(file, server('localhost:3000/api'), oneHost, only), [
      'missing-scheme error localhost:3000/api',
    ]);
    assert.deepEqual(briefly(file, server('clawql-1.tail1a2b3.ts.net/api'), oneHost, only), [
      'spec-server-relative error clawql-1.tail1a2b3.ts.net/api',
    ]);
    assert.equal(
      onlyProblem(file, server('localhost:3000/api'), oneHost, only).message,
      'servers[0].url names localhost without a scheme: ClawQL takes what stands before the colon for the scheme, and says that it is not ' +
        'supported. Write http:// before it.',
    );
    assert.deepEqual(fixesOf(file, server('localhost:3000/api'), oneHost, only), {
      '* Put http:// before it': server('http://localhost:3000/api'),
    });
  });

  it("want a node's name in the place of its address, and say where else the URL may stand", () => {
    const world: World = { peers: [node('docs', { addresses: ['100.64.0.7'] })] };
    const text = server('http://100.64.0.7:8000/api');
    assert.match(
      onlyProblem(paperlessFile, text, world, paperless).message,
      /^servers\[0\]\.url points at 100\.64\.0\.7, .* Write the name there, or set PAPERLESS_BASE_URL in \.env \(/,
    );
    assert.deepEqual(fixesOf(paperlessFile, text, world, paperless), {
      '* Use http://docs.tail1a2b3.ts.net:8000': server('http://docs.tail1a2b3.ts.net:8000/api'),
      'Allow 100.64.0.7 here…': 'clawql.allowHost 100.64.0.7',
    });
  });

  it("mend it with the role's node, in the format's own form", () => {
    const allow = { 'Allow localhost here…': 'clawql.allowHost localhost' };
    const title = '* Use http://docs.tail1a2b3.ts.net:8010 (docs carries tag:paperless)';
    assert.deepEqual(fixesOf(paperlessFile, server('http://localhost:8010/api'), withPaperless, paperless), {
      [title]: server('http://docs.tail1a2b3.ts.net:8010/api'),
      ...allow,
    });
    const swagger = (host: string) => petstoreSwagger({ host, schemes: ['http'] });
    assert.deepEqual(fixesOf(paperlessFile, swagger('localhost:8010'), withPaperless, paperless), {
      [title]: swagger('docs.tail1a2b3.ts.net:8010'),
      ...allow,
    });
  });

  it('write no name into a description that git tracks, and do not want it out of git', () => {
    const place = { ...paperless, tracking: 'tracked' } as const;
    const text = server('http://localhost:8000');
    assert.deepEqual(fixesOf(paperlessFile, text, withPaperless, place), {
      'Allow localhost here…': 'clawql.allowHost localhost',
    });
    assert.doesNotMatch(onlyProblem(paperlessFile, text, withPaperless, place).message, /git/);
  });

  it('mend what they underline, with the other rules: after each edit that problem is gone and no other is new', () => {
    const url = fc.oneof(
      fc.constantFrom(
        'http://localhost:8000/api',
        'https://8.8.8.8',
        '/api',
        '',
        'https://{region}.x.dev',
        'docs:8000',
        '//h',
      ),
      fc.string(),
    );
    const text = fc.oneof(
      url.map((one) => petstoreJson({ servers: [{ url: one, variables: { region: { default: 'us' } } }] })),
      url.map((host) => petstoreSwagger({ host, schemes: ['http'] })),
      url.map((one) => server(JSON.stringify(one))),
      url.map((one) => server(one)),
      url.map(discoveryJson),
    );
    let edits = 0;
    fc.assert(
      fc.property(text, fc.constantFrom(oneHost, withPaperless, looked), (written, world) => {
        const problems = problemsOf(paperlessFile, written, world, paperless);
        for (const problem of problems) {
          assert.ok(problem.span.length > 0 && spanEnd(problem.span) <= written.length);
          for (const fix of problem.fixes()) {
            if (fix.kind !== 'edit') continue;
            edits++;
            const after = applyEdits(written, fix.edits);
            const left = problemsOf(paperlessFile, after, world, paperless);
            assert.ok(!left.some(({ ruleId }) => ruleId === problem.ruleId), after);
            // With its scheme a value leads somewhere for the first time: only then other rules can look at it.
            if (problem.ruleId !== 'missing-scheme') assert.equal(left.length, problems.length - 1, after);
          }
        }
      }),
      { numRuns: 1000 },
    );
    assert.ok(edits > 100, `${edits} edits`);
  });
});
