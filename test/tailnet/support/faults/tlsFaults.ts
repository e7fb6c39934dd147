import { rename, rm } from 'node:fs/promises';
import path from 'node:path';

import type { CertificateFault } from '../../../support/tailnet/certificates.ts';
import { stateDirectory } from '../../../support/tailnet/daemon.ts';
import { quick, type Fault, type Scene } from '../fault.ts';
import { peerSeen, tcpSeen } from '../laptopView.ts';

/** HTTPS of a reverse proxy on the host, beside what is there. */
const securePort = 8443;
const secure = ({ nameOf }: Scene): string => `https://${nameOf('clawql-1')}:${securePort}/mcp`;

const serving =
  (fault?: CertificateFault) =>
  async ({ lab }: Scene) =>
    lab.clawql('clawql-1').start({ port: securePort, tls: await lab.certificate('clawql-1', fault) });
const asBefore = ({ lab }: Scene): Promise<void> => lab.clawql('clawql-1').start();

const certificates = ({ lab }: Scene): string =>
  path.join(stateDirectory(lab.description.directory, 'clawql-1'), 'certs');

/**
 * Takes what Serve has of certificates away, or gives it back. The daemon is stopped meanwhile: it writes there, and with a ticket that it
 * gave before a client needs no certificate.
 */
async function moveCertificates(scene: Scene, from: string, to: string): Promise<void> {
  const daemon = scene.lab.daemon('clawql-1');
  await daemon.stop();
  await rm(to, { recursive: true, force: true });
  await rename(from, to);
  await daemon.start();
}

const isOnline = async ({ address }: Scene): Promise<boolean> =>
  (await peerSeen('clawql-1'))?.Online === true && (await tcpSeen(address, 443)) === 'open';

/** How TLS can fail, or be missing. */
export const tlsFaults: readonly Fault[] = [
  {
    what: 'certificate of an unknown authority',
    url: secure,
    make: serving('stranger'),
    undo: asBefore,
    expect: 'tls-untrusted',
    cause: /A stranger/,
    within: quick,
  },
  {
    what: 'certificate for another name',
    url: secure,
    make: serving('other-name'),
    undo: asBefore,
    expect: 'tls-name',
    cause: /other\.clawql-1\./,
    within: quick,
  },
  {
    what: 'certificate expired',
    url: secure,
    make: serving('expired'),
    undo: asBefore,
    expect: 'tls-expired',
    within: quick,
  },
  {
    what: 'short name over HTTPS',
    under: 'managed',
    url: () => 'https://clawql-1/mcp',
    expect: 'tls-no-certificate',
    remedy: /clawql-1\.tail0a1b2c\.ts\.net/,
    within: quick,
  },
  {
    // Its daemon tries to get one and fails at once, because nothing leaves the lab.
    what: 'Serve without a certificate',
    under: 'managed',
    url: ({ nameOf }) => `https://${nameOf('clawql-1')}/mcp`,
    make: (scene) => moveCertificates(scene, certificates(scene), `${certificates(scene)}.away`),
    isSeen: isOnline,
    undo: (scene) => moveCertificates(scene, `${certificates(scene)}.away`, certificates(scene)),
    expect: 'tls-no-certificate',
    within: quick,
  },
  {
    what: 'plain HTTP to Serve on 443',
    under: 'managed',
    url: ({ nameOf }) => `http://${nameOf('clawql-1')}:443/mcp`,
    expect: 'https-there',
    remedy: /https:\/\//,
    within: quick,
  },
  {
    what: "plain HTTP to a server's own TLS",
    url: ({ nameOf }) => `http://${nameOf('clawql-1')}:${securePort}/mcp`,
    make: serving(),
    undo: asBefore,
    expect: 'https-there',
    remedy: /https:\/\//,
    within: quick,
  },
  {
    what: 'HTTPS to a plain port',
    url: ({ nameOf }) => `https://${nameOf('clawql-1')}:8080/mcp`,
    expect: 'plain-http-there',
    remedy: /http:\/\//,
    within: quick,
  },
];
