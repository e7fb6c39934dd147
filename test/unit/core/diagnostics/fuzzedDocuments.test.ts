import { fuzz } from './shapes/fuzz.ts';

describe('documents that nobody wrote', () => {
  it('never make the linter, its fixes or the help throw, and every span lies in them', () => {
    fuzz({ count: 1_500, seed: 6 });
  }).timeout(60_000);
});
