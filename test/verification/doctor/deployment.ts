// A deployment without a network: the routes of a test's service behind a `fetch`, with faults planted on the way.
import type { Test } from 'tap';
import { issueSpecimen } from '../../../src/credentials/issue-specimen.ts';
import { examineDeployment } from '../../../src/verification/doctor/examine.ts';
import { openTestApp } from '../../platform/test-app.ts';
import { openTestService } from '../../platform/test-service.ts';
import type { TestApp } from '../../platform/test-app.ts';
import type { TestService } from '../../platform/test-service.ts';
import type { Visit } from '../../../src/verification/doctor/visit.ts';

export interface Planted {
  status?: number;
  body?: string;
  headers?: Record<string, string | undefined>;
}

/** What happens to an answer on its way, by the beginning of its path. */
export type Faults = Record<string, (body: string) => Planted>;

export const URL_THERE = 'https://badges.example.org';

/** The tools of a visit. */
export function deployment(
  service: TestService,
  app: TestApp,
  faults: Faults = {},
  url = URL_THERE,
): Pick<Visit, 'url' | 'now' | 'fetch'> {
  return {
    url,
    now: service.clock.now,
    async fetch(asked, options) {
      const path = asked.slice(url.length);
      const answer = await app.app.inject({ url: path, headers: { ...(options.headers as Record<string, string>) } });
      const [, plant] = Object.entries(faults).find(([start]) => path.startsWith(start)) ?? [];
      const planted = plant?.(answer.body) ?? {};
      const headers = new Headers();
      const all = { ...answer.headers, date: service.clock.now().toUTCString(), ...planted.headers };
      for (const [name, value] of Object.entries(all)) if (value !== undefined) headers.set(name, String(value));
      const status = planted.status ?? answer.statusCode;
      return new Response(planted.body ?? answer.body, { status, headers });
    },
  };
}

/** Changes a JSON document on its way. */
export const changed = (change: (document: Record<string, never>) => unknown) => (body: string) => ({
  body: JSON.stringify(change(JSON.parse(body) as Record<string, never>)),
});

/** A deployment that is open until the test ends; examines it with faults planted. */
export async function openDeployment(t: Test) {
  const service = await openTestService();
  t.teardown(() => service.close());
  // Ready is who works on jobs.
  await service.jobs.start();
  const app = await openTestApp(service);
  t.teardown(() => app.close());
  const examine = async (faults: Faults = {}, url?: string) => {
    const findings = await examineDeployment(deployment(service, app, faults, url), await issueSpecimen(service));
    const of = (status: string) => [...new Set(findings.filter((one) => one.status === status).map((one) => one.id))];
    return { findings, bad: of('bad'), odd: of('odd'), good: of('good') };
  };
  return { service, app, examine };
}

/** Holds the doctor to finding each fault, and to saying what helps. */
export async function findsFaults(
  t: Test,
  faults: readonly [name: string, faults: Faults, id: string][],
): Promise<void> {
  const { examine } = await openDeployment(t);
  for (const [name, planted, id] of faults) {
    const { findings, bad } = await examine(planted);
    t.ok(bad.includes(id), `${name}: ${bad.join(' ')}`);
    for (const finding of findings.filter((one) => one.status === 'bad')) t.ok(finding.remedy, finding.sentence);
  }
}
