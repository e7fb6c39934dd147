import assert from 'node:assert/strict';

import { changedPreferences, settingsBack, withoutIdentity } from '../../../../../src/core/tailnet/join/preferences.ts';

const before = {
  ControlURL: '',
  WantRunning: false,
  LoggedOut: true,
  CorpDNS: false,
  RunWebClient: true,
  AdvertiseServices: ['svc:a'],
  InternalExitNodePrior: 'n1',
  AutoUpdate: { Check: false, Apply: true },
  Config: null,
};
const joined = {
  ...before,
  ControlURL: 'http://h',
  WantRunning: true,
  LoggedOut: false,
  Config: { NodeID: 'n5' },
};

describe('the preferences round a login', () => {
  it('are told by name where they are others, the identity aside', () => {
    assert.deepEqual(changedPreferences(before, joined), ['ControlURL', 'LoggedOut', 'WantRunning']);
    assert.deepEqual(changedPreferences(before, { ...before, Config: { NodeID: 'n5' }, New: 1 }), ['New']);
    assert.deepEqual(changedPreferences(before, structuredClone(before)), []);
  });

  it('are handed back without the identity, which no daemon takes', () => {
    assert.ok(!('Config' in withoutIdentity(joined)));
    assert.equal(withoutIdentity(joined)['ControlURL'], 'http://h');
  });

  it('need nothing after a login that changed what it is for', () => {
    assert.equal(settingsBack(before, joined), undefined);
    assert.equal(settingsBack(before, { ...joined, InternalExitNodePrior: '', AddedByTheDaemon: true }), undefined);
  });

  it('get the settings back that the login has put to their defaults', () => {
    const after = { ...joined, RunWebClient: false, AdvertiseServices: null, AutoUpdate: { Check: true, Apply: null } };
    assert.deepEqual(settingsBack(before, after), {
      RunWebClient: true,
      RunWebClientSet: true,
      AdvertiseServices: ['svc:a'],
      AdvertiseServicesSet: true,
      AutoUpdate: { Check: false, Apply: true },
      AutoUpdateSet: { CheckSet: true, ApplySet: true },
    });
  });

  it('leave to the tailnet what this machine had not decided', () => {
    const undecided = { ...before, AutoUpdate: { Check: true, Apply: null } };
    const after = { ...joined, AutoUpdate: { Check: true, Apply: false } };
    assert.deepEqual(settingsBack(undecided, after), {
      AutoUpdate: { Check: true },
      AutoUpdateSet: { CheckSet: true },
    });
    assert.equal(settingsBack({ ...before, AutoUpdate: { Apply: null } }, after), undefined);
  });
});
