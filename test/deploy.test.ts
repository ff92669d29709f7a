// The manifests of Kubernetes name only what there is: settings, addresses, files of their own; and ask for no rights.
import { globSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import t from 'tap';
import { parse, parseAllDocuments } from 'yaml';
import { parseConfig, SETTING_NAMES } from '../src/platform/config.ts';

interface Manifest {
  kind: string;
  metadata: { name: string };
  [member: string]: unknown;
}
/* eslint-disable @typescript-eslint/no-explicit-any -- manifests have the shapes that Kubernetes gives them */
type Loose = any;

const folder = fileURLToPath(new URL('../deploy/kubernetes', import.meta.url));
const read = (file: string): string => readFileSync(`${folder}/${file}`, 'utf8');
const files = globSync('*.yaml', { cwd: folder }).map((path) => basename(path));
const manifests: Manifest[] = files
  .filter((file) => file !== 'kustomization.yaml')
  .flatMap((file) => parseAllDocuments(read(file), { uniqueKeys: true }).map((one) => one.toJS({}) as Manifest));
const find = (kind: string, name = 'cairn'): Loose =>
  manifests.find((one) => one.kind === kind && one.metadata.name === name);

const deployment = find('Deployment').spec;
const pod = deployment.template.spec;
const [container] = pod.containers;

await t.test('every file is one that is applied, or an example', async (t) => {
  const { resources } = parse(read('kustomization.yaml')) as { resources: string[] };
  t.same([...resources, 'kustomization.yaml', 'secrets.example.yaml'].sort(), files.toSorted());
  for (const file of files)
    for (const one of parseAllDocuments(read(file))) t.same(one.errors, [], `${file} can be read`);
});

await t.test('every setting is one that the service knows, and all together are right', async (t) => {
  const config = find('ConfigMap').data as Record<string, string>;
  const secret = find('Secret').stringData as Record<string, string>;
  const env = container.env as { name: string; value?: string; valueFrom?: Loose }[];
  const known = [...SETTING_NAMES, 'NODE_ENV'];
  for (const name of [...Object.keys(config), ...Object.keys(secret), ...env.map((one) => one.name)])
    t.ok(known.includes(name), name);
  const given: Record<string, string> = { ...config };
  for (const { name, value, valueFrom } of env) {
    if (valueFrom) t.equal(valueFrom.secretKeyRef.name, 'cairn');
    given[name] = valueFrom ? secret[valueFrom.secretKeyRef.key]! : value!;
  }
  t.match(parseConfig(given), { production: true, keysDir: '/etc/cairn/keys', trustProxy: 1 });
  const { shutdownTimeoutMs } = parseConfig(given);
  t.ok(pod.terminationGracePeriodSeconds * 1000 > shutdownTimeoutMs + 8000, 'what was accepted is finished');
});

await t.test('every probe asks an address that is answered', async (t) => {
  const { paths } = parse(readFileSync(new URL('../openapi.yaml', import.meta.url), 'utf8')) as { paths: object };
  for (const probe of ['startupProbe', 'readinessProbe', 'livenessProbe']) {
    const { path, port } = container[probe].httpGet;
    t.ok(path in paths, `${probe} ${path}`);
    t.ok(container.ports.some((one: Loose) => one.name === port));
  }
});

await t.test('selectors, references and numbers fit together', async (t) => {
  const { labels } = deployment.template.metadata;
  for (const selector of [
    deployment.selector.matchLabels,
    find('Service').spec.selector,
    find('PodDisruptionBudget').spec.selector.matchLabels,
    find('NetworkPolicy').spec.podSelector.matchLabels,
  ])
    t.same(selector, labels);
  t.match(find('HorizontalPodAutoscaler').spec, { scaleTargetRef: { kind: 'Deployment', name: 'cairn' } });
  t.ok(find('HorizontalPodAutoscaler').spec.minReplicas > find('PodDisruptionBudget').spec.maxUnavailable);
  t.equal(find('Ingress').spec.rules[0].http.paths[0].backend.service.name, find('Service').metadata.name);
  t.equal(find('Service').spec.sessionAffinity, 'None');
  t.ok(find('ServiceAccount'));
  const volumes = pod.volumes.map((one: Loose) => one.name);
  for (const mount of container.volumeMounts) t.ok(volumes.includes(mount.name));
});

await t.test('it runs as nobody, on a system that it cannot write to, within limits', async (t) => {
  t.match(pod.securityContext, { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } });
  t.match(container.securityContext, {
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem: true,
    capabilities: { drop: ['ALL'] },
  });
  t.equal(pod.automountServiceAccountToken, false);
  t.ok(container.resources.limits.memory);
  t.ok(container.resources.requests.cpu);
});
