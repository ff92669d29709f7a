// Where the time goes: CPU profiles of what is measured (`npm run bench -- --only intake --profile`). Servers write theirs
// when they end (`node --cpu-prof`); what is measured in this process is sampled by the inspector. The files open in the
// DevTools of Chrome and in speedscope as flame graphs; a summary is printed.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { Session, type Profiler } from 'node:inspector/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const FOLDER = fileURLToPath(new URL('profiles', import.meta.url));
const INTERVAL_US = 200;
const SHOWN = 20;

/** What a server is started with while profiles are wanted. */
export function profileOptions(): string[] {
  if (!process.env.BENCH_PROFILE) return [];
  return ['--cpu-prof', `--cpu-prof-dir=${FOLDER}`, `--cpu-prof-interval=${INTERVAL_US}`];
}

/**
 * Measures under profile.
 * @param name of the file for what is calculated in this process
 * @returns what `measure` gives; it is slower than without
 */
export async function profiled<T>(name: string, measure: () => Promise<T>): Promise<T> {
  process.env.BENCH_PROFILE = '1';
  mkdirSync(FOLDER, { recursive: true });
  const before = new Set(readdirSync(FOLDER));
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.setSamplingInterval', { interval: INTERVAL_US });
  await session.post('Profiler.start');
  const measured = await measure();
  const { profile } = await session.post('Profiler.stop');
  session.disconnect();
  const own = `${name}-${Date.now()}.cpuprofile`;
  writeFileSync(join(FOLDER, own), JSON.stringify(profile));
  for (const file of readdirSync(FOLDER)) if (!before.has(file)) console.error(summary(join(FOLDER, file)));
  return measured;
}

/** The functions that take most by themselves, and those of ours with all that they call; loading is left out. */
function summary(file: string): string {
  const { nodes, samples = [], timeDeltas = [] } = JSON.parse(readFileSync(file, 'utf8')) as Profiler.Profile;
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const parents = new Map(nodes.flatMap((node) => (node.children ?? []).map((child) => [child, node.id])));
  const [alone, withCalls] = [new Map<string, number>(), new Map<string, number>()];
  let busyUs = 0;
  for (const [n, id] of samples.entries()) {
    const stack: Profiler.ProfileNode[] = [];
    for (let at: number | undefined = id; at !== undefined; at = parents.get(at)) stack.push(byId.get(at)!);
    if (stack[0]!.callFrame.functionName === '(idle)') continue;
    if (stack.some(({ callFrame }) => callFrame.url.startsWith('node:internal/modules/'))) continue;
    const us = timeDeltas[n] ?? 0;
    busyUs += us;
    const frames = stack.map(nameOf);
    alone.set(frames[0]!, (alone.get(frames[0]!) ?? 0) + us);
    for (const ours of new Set(frames.filter((one) => / src\//.test(one))))
      withCalls.set(ours, (withCalls.get(ours) ?? 0) + us);
  }
  const list = (of: Map<string, number>): string[] =>
    [...of]
      .toSorted((a, b) => b[1] - a[1])
      .slice(0, SHOWN)
      .map(([name, us]) => `${((us / busyUs) * 100).toFixed(1).padStart(7)} %  ${name}`);
  return [
    `\n${file}: busy for ${(busyUs / 1e6).toFixed(1)} s`,
    '  by themselves',
    ...list(alone),
    '  functions of ours with all that they call',
    ...list(withCalls),
  ].join('\n');
}

function nameOf({ callFrame: { functionName, url, lineNumber } }: Profiler.ProfileNode): string {
  const place = url.replace(/^.*\/node_modules\//, '').replace(/^file:.*?\/(src|bench|test)\//, '$1/');
  return `${functionName || '(anonymous)'} ${place}:${lineNumber + 1}`;
}
