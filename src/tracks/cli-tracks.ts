// The commands about tracks: list them, print one, and check a file before it is published.
import { readFileSync } from 'node:fs';
import { currentTracks, TEXTS, TRACKS, trackVersion } from './catalogue.ts';
import { parseTrack, TrackFaults } from './track.ts';

const USAGE = `Usage:
  cairn tracks list                   every published version with its digest
  cairn tracks print ID [VERSION]     one version as JSON; the current one without VERSION
  cairn tracks check [FILE]           the published tracks, or a track file that is to become one
`;

/** Where a command writes. */
export interface Sink {
  write(text: string): unknown;
}

/**
 * Runs `cairn tracks …`.
 * @returns the exit code: 0 done, 1 not there or faulty, 2 not understood.
 */
export function runTracksCommand(args: string[], out: Sink = process.stdout, errors: Sink = process.stderr): number {
  const [command, name, version, ...more] = args;
  const refuse = (sentence: string): number => {
    errors.write(`${sentence}\n\n${USAGE}`);
    return 2;
  };
  if (more.length > 0) return refuse(`${more[0]} is one word too many.`);
  if (command === 'list' && name === undefined) return list(out);
  if (command === 'check' && version === undefined)
    return name === undefined ? checkAll(out) : checkFile(name, out, errors);
  if (command === 'print' && name !== undefined) return print(name, version, out, errors);
  return refuse(command === undefined ? 'Which command?' : `There is no command "tracks ${args.join(' ')}".`);
}

function list(out: Sink): number {
  for (const track of TRACKS) out.write(`${track.id} ${track.version}  ${track.digest}  ${track.title}\n`);
  return 0;
}

function print(id: string, version: string | undefined, out: Sink, errors: Sink): number {
  const track = version === undefined ? currentTracks().find((one) => one.id === id) : trackVersion(id, version);
  if (!track) {
    const there = TRACKS.map((one) => `${one.id} ${one.version}`).join(', ');
    errors.write(`There is no track ${id}${version === undefined ? '' : ` ${version}`}. There are: ${there}.\n`);
    return 1;
  }
  out.write(`${JSON.stringify(track, null, 2)}\n`);
  return 0;
}

// The published tracks were checked when they were read: getting here is the answer.
function checkAll(out: Sink): number {
  for (const track of TRACKS) out.write(`${track.id} ${track.version}: good, ${track.units.length} units\n`);
  return 0;
}

function checkFile(path: string, out: Sink, errors: Sink): number {
  try {
    const track = parseTrack(JSON.parse(readFileSync(path, 'utf8')), TEXTS);
    const published = trackVersion(track.id, track.version);
    if (published && published.digest !== track.digest) {
      errors.write(
        `${path} /version: ${track.id} ${track.version} is published with other content; take the next version.\n`,
      );
      return 1;
    }
    out.write(`${path}: good, ${track.units.length} units, ${track.digest}\n`);
    return 0;
  } catch (error) {
    if (error instanceof TrackFaults)
      for (const fault of error.faults) errors.write(`${path} ${fault.pointer || '/'}: ${fault.detail}\n`);
    else errors.write(`${path}: ${(error as Error).message}\n`);
    return 1;
  }
}
