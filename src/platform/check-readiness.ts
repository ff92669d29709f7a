// Whether this process can do its work now, and what is missing when it cannot: what a load balancer asks.
import { sql } from './sql.ts';
import type { Service } from './service.ts';

export interface Readiness {
  ready: boolean;
  checks: { name: 'database' | 'keys' | 'jobs' | 'stopping'; ready: boolean; detail?: string }[];
}

const patienceMs = 2_000;

async function databaseAnswers(service: Service): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => (timer = setTimeout(() => resolve(false), patienceMs)));
  const answered = service.db.read.execute(sql`select 1`).then(
    () => true,
    () => false,
  );
  return await Promise.race([answered, late]).finally(() => clearTimeout(timer));
}

/** Asks everything that a request needs; `stopping` is true once the process was told to end. */
export async function checkReadiness(service: Service, stopping: boolean): Promise<Readiness> {
  const found: [name: Readiness['checks'][number]['name'], ready: boolean, detail: string][] = [
    ['database', await databaseAnswers(service), 'The database does not answer.'],
    ['keys', service.keys.ready(), 'The private part of an active key is not held here: copy KEYS_DIR.'],
    ['jobs', service.jobs.ready(), 'The job queue is not working yet.'],
    ['stopping', !stopping, 'The process is ending.'],
  ];
  const checks = found.map(([name, ready, detail]) => ({ name, ready, ...(ready ? {} : { detail }) }));
  return { ready: checks.every((check) => check.ready), checks };
}
