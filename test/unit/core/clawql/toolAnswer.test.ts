import assert from 'node:assert/strict';

import fc from 'fast-check';

import { executeOutcome, searchOutcome } from '../../../../src/core/clawql/toolAnswer.ts';

/** As ClawQL 5.0.0 writes it. */
const result = {
  id: 'documents_retrieve',
  method: 'get',
  path: '/api/documents/{id}/',
  description: 'Get one document',
  resource: 'documents',
  parameters: [
    { name: 'id', location: 'path', required: true, type: 'integer', description: 'Document id' },
    { name: 'query', location: 'query', required: false, type: 'string', description: 'Full text' },
  ],
  requestBody: null,
  responseSchema: null,
  score: 2,
  specLabel: 'paperless',
};

describe('searchOutcome', () => {
  it('gives the operations, with what a call of them needs', () => {
    assert.deepEqual(searchOutcome(JSON.stringify({ results: [result] }, null, 2)), {
      kind: 'operations',
      operations: [
        {
          id: 'documents_retrieve',
          method: 'GET',
          path: '/api/documents/{id}/',
          specLabel: 'paperless',
          required: ['id'],
        },
      ],
    });
  });

  it('is empty where nothing matches', () => {
    const text = '{"results":[],"message":"No matching operations found."}';
    assert.deepEqual(searchOutcome(text), { kind: 'operations', operations: [] });
  });

  it('passes over what is no operation, and does without what a server leaves out', () => {
    const { id, method, path } = result;
    const results = [{ id: 7 }, null, { id, method, path }, { id, method, path, parameters: 'none' }];
    const bare = { id, method: 'GET', path, required: [] };
    assert.deepEqual(searchOutcome(JSON.stringify({ results })), { kind: 'operations', operations: [bare, bare] });
  });

  it('gives the words of what is no result, as far as they can be shown', () => {
    assert.deepEqual(searchOutcome('MCP error -32602: no'), { kind: 'unusable', detail: 'MCP error -32602: no' });
    const long = searchOutcome('x'.repeat(100_000));
    assert.ok(long.kind === 'unusable' && long.detail.length === 300);
  });

  it('never throws', () => fc.assert(fc.property(fc.json(), (text) => void searchOutcome(text))));
});

describe('executeOutcome', () => {
  it('knows an error that is no isError', () => {
    const text = '{"error":"HTTP 503 Service Unavailable","fallbackError":"REST 503","hint":"…"}';
    assert.deepEqual(executeOutcome(text, false), { kind: 'failed', error: 'HTTP 503 Service Unavailable' });
  });

  it('knows one that was thrown, whose text is plain', () => {
    assert.deepEqual(executeOutcome('Invalid URL', true), { kind: 'failed', error: 'Invalid URL' });
  });

  it('takes everything else for done: an answer may speak of errors', () => {
    for (const text of ['[]', '{"count":0}', '{"error":null}', '{"error":""}', '{"errors":[]}', 'plain', '']) {
      assert.deepEqual(executeOutcome(text, false), { kind: 'done' }, text);
    }
  });

  it('keeps a long error to what can be shown', () => {
    const outcome = executeOutcome(JSON.stringify({ error: 'x'.repeat(100_000) }), false);
    assert.ok(outcome.kind === 'failed' && outcome.error.length === 300);
  });

  it('never throws', () =>
    fc.assert(fc.property(fc.json(), fc.boolean(), (text, isError) => void executeOutcome(text, isError))));
});
