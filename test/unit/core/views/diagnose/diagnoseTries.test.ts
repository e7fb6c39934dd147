import assert from 'node:assert/strict';

import type { FoundOperation } from '../../../../../src/core/clawql/toolAnswer.ts';
import {
  executeStep,
  foundOperations,
  harmlessOperations,
  nothingToTry,
  searchStep,
  type TriedTool,
} from '../../../../../src/core/views/diagnose/diagnoseTries.ts';

function answer(document: unknown, parts: { readonly isError?: boolean; readonly tookMs?: number } = {}): TriedTool {
  const text = typeof document === 'string' ? document : JSON.stringify(document);
  return { kind: 'result', text, isError: false, tookMs: 50, ...parts };
}

const failure: TriedTool = {
  kind: 'failed',
  failure: { kind: 'timeout', afterMs: 15_000, detail: 'no answer' },
  tookMs: 15_000,
};

function operation(id: string, parts: Partial<FoundOperation> = {}): FoundOperation {
  return { id, method: 'GET', path: `/${id}`, required: [], ...parts };
}

const results = [operation('a'), operation('b'), operation('c')].map(({ id, method, path }) => ({ id, method, path }));

describe('searchStep', () => {
  it('counts the operations, and says how long that took', () => {
    assert.deepEqual(searchStep(answer({ results })), {
      title: 'search',
      state: 'passed',
      seen: '3 operations in 50 ms',
    });
    assert.equal(searchStep(answer({ results: results.slice(1, 2) }, { tookMs: 1_234 })).seen, '1 operation in 1.2 s');
    assert.equal(searchStep(answer({ results: [] })).seen, 'no operation for "list" in 50 ms');
  });

  it('says what went wrong in the words of ClawQL, cut short, and nothing of any other answer', () => {
    assert.deepEqual(searchStep(failure), { title: 'search', state: 'failed', seen: 'no answer' });
    const thrown = searchStep(answer(`No spec is loaded${'!'.repeat(500)}`, { isError: true })).seen;
    assert.match(thrown, /^No spec is loaded!+…$/);
    assert.equal(thrown.length, 200);
    assert.equal(searchStep(answer('the salaries of everybody')).seen, 'its answer holds no list of operations');
  });
});

describe('harmlessOperations', () => {
  it('are those that only read, and need nothing', () => {
    const found = [
      operation('list'),
      operation('get', { path: '/get/{id}', required: ['id'] }),
      operation('undeclared', { path: '/get/{id}' }),
      operation('post', { method: 'POST' }),
      operation('query', { method: 'QUERY' }),
    ];
    assert.deepEqual(
      harmlessOperations(found).map(({ id }) => id),
      ['list'],
    );
  });

  it('can be none, which is said', () => {
    assert.equal(nothingToTry([]).seen, 'not tried: a search for "list" finds no operation');
    assert.match(nothingToTry([operation('post', { method: 'POST' })]).seen, /of the one operation .* none is a GET/);
    assert.deepEqual(nothingToTry([operation('a'), operation('b')]), {
      title: 'execute',
      state: 'noted',
      seen: 'not tried: of the 2 operations that a search for "list" finds, none is a GET without required parameters',
    });
  });

  it('are found in the answer of a search alone', () => {
    assert.ok('operations' in foundOperations(answer({ results })));
    assert.ok('error' in foundOperations(answer({ results }, { isError: true })));
    assert.ok('error' in foundOperations(failure));
  });
});

describe('executeStep', () => {
  it('tells the size of the answer, and nothing of what it holds', () => {
    const step = executeStep('documents_list', answer({ secret: 'ä'.repeat(600) }, { tookMs: 200 }));
    assert.deepEqual(step, { title: 'execute documents_list', state: 'passed', seen: 'answered 1.2 kB in 200 ms' });
    assert.equal(executeStep('x', answer('{}')).seen, 'answered 2 B in 50 ms');
    assert.equal(executeStep('x', answer('y'.repeat(2_500_000))).seen, 'answered 2.5 MB in 50 ms');
  });

  it('says what ClawQL says went wrong, cut short', () => {
    assert.deepEqual(executeStep('x', answer({ error: 'HTTP 503', hint: 'later' })), {
      title: 'execute x',
      state: 'failed',
      seen: 'HTTP 503',
    });
    assert.equal(executeStep('x', answer('Invalid URL', { isError: true })).seen, 'Invalid URL');
    assert.equal(executeStep('x', answer({ error: 'e'.repeat(900) })).seen.length, 200);
    assert.equal(executeStep('x', failure).seen, 'no answer');
  });
});
