import { directHealthz } from '../../../src/node/mcp/directHealthz.ts';
import { NetworkExaminer } from '../../../src/node/examiner/networkExaminer.ts';
import type { LocalApi } from '../../../src/node/daemon/localApi.ts';
import type { Examiner } from '../../../src/services/health/examiner.ts';
import type { Prober } from '../../../src/services/hosts/prober.ts';

/** The looks of the extension; `daemon` is whose LocalAPI is asked, if there is one. */
export function realExaminer(prober: Prober, daemon: { readonly current?: LocalApi | undefined } = {}): Examiner {
  return new NetworkExaminer({
    daemon: {
      get current() {
        return daemon.current;
      },
    },
    prober,
    direct: (url, signal) => directHealthz((target, init) => fetch(target, init), url, signal),
  });
}
