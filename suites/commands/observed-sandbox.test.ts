import { expect, test } from 'vitest';
import { compareFidelity } from '../../reports/compare/fidelity.ts';
import { observedOptions } from '../../reports/compare/observed-options.ts';
import { reportOf } from '../../reports/fixtures/judged-report.ts';
import { loadContract } from '../../spec/contract.ts';
import { runHere } from '../fixtures/run-here.ts';
import { startSandboxServer } from '../fixtures/sandbox-server.ts';
import { liveVariables } from '../fixtures/spawned-run.ts';
import { openMockTarget } from '../targets/mock-target.ts';

test('a mock with the options observed from the service behaves like it', async () => {
  const server = await startSandboxServer({ checks: 'length', times: 'microseconds' });
  const live = (await runHere(liveVariables(server.url))).report();
  await server.close();
  const contract = await loadContract();
  const { mockOptions, unmapped } = observedOptions(live, await reportOf(openMockTarget(contract), undefined));
  expect(unmapped).toEqual([]);
  const fidelity = compareFidelity(await reportOf(openMockTarget(contract, mockOptions), undefined), live);
  expect(fidelity.cases.filter(({ kind }) => kind.endsWith('differently') || kind.startsWith('mock-'))).toEqual([]);
  expect(fidelity.alike / fidelity.comparable).toBeGreaterThanOrEqual(0.99);
});
