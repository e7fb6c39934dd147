import assert from 'node:assert/strict';
import { hasVariable, hostEnvironment } from '../../../src/core/hostEnvironment.ts';

describe('hostEnvironment', () => {
  it('knows names as the operating system does', () => {
    const linux = hostEnvironment(['Path', 'TOKEN'], true, 'linux');
    assert.deepEqual(
      ['Path', 'PATH', 'TOKEN', 'GONE'].map((name) => hasVariable(linux, name)),
      [true, false, true, false],
    );
    const windows = hostEnvironment(['Path'], true, 'win32');
    assert.deepEqual(
      ['Path', 'PATH', 'path', 'GONE'].map((name) => hasVariable(windows, name)),
      [true, true, true, false],
    );
  });
});
