import assert from 'node:assert/strict';

import { hostChoice } from '../../../../../src/core/views/hosts/hostChoice.ts';
import { answered, failed, host, node, report, snapshot } from '../../../support/builders.ts';

const clawql = node('clawql-1');
const url = 'https://clawql-1.tail1a2b3.ts.net/mcp';

describe('hostChoice', () => {
  it('is the host at the best of its endpoints, in the tailnet of now', () => {
    const chosen = hostChoice(snapshot({ hosts: [report(host(clawql), [answered(url)])] }), 'clawql-1');
    assert.deepEqual(chosen, { tailnet: 'alice@example.com', hostId: 'clawql-1', label: 'clawql-1', url });
  });

  it('is none of a host that does not answer, or is not there', () => {
    const hosts = [report(host(clawql), [failed(url, { kind: 'refused', detail: '' })])];
    assert.deepEqual(
      ['clawql-1', 'clawql-2'].map((id) => hostChoice(snapshot({ hosts }), id)),
      [undefined, undefined],
    );
  });
});
