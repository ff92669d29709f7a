// What a check of a document found: every departure from the standard, with the place, the reason and the clause.
//
// A checker collects instead of throwing, because whoever mends a badge wants all its faults at once. The list is
// bounded: a hostile document of a million faults must not become a report of a million lines.
//
// JSON Pointer: RFC 6901 (2013).

/** One departure. `code` is stable; `message` is a sentence that names the member and the remedy. */
export interface Finding {
  pointer: string;
  code: string;
  severity: 'fail' | 'warn';
  message: string;
  clause: string;
}

const MOST_FINDINGS = 200;
const LONGEST_NAME = 80;

/** A member's name as it may be shown: a hostile one is cut. */
export function shownName(name: string): string {
  return name.length <= LONGEST_NAME ? name : `${name.slice(0, LONGEST_NAME)}…`;
}

/** Appends one step to a JSON Pointer (RFC 6901 §3). */
export function pointTo(pointer: string, step: string | number): string {
  const name = shownName(String(step));
  // Most names need no escape, and a check of a badge makes hundreds of pointers.
  return `${pointer}/${/[~/]/.test(name) ? name.replaceAll('~', '~0').replaceAll('/', '~1') : name}`;
}

/** The last member named by a pointer, for sentences; array positions keep their array's name. */
export function memberOf(pointer: string): string {
  const steps = pointer.split('/').slice(1);
  const position = steps.findLastIndex((step) => !/^\d+$/.test(step));
  return steps.slice(Math.max(position, 0)).join('/').replaceAll('~1', '/').replaceAll('~0', '~') || 'the credential';
}

export class Findings {
  readonly list: Finding[] = [];
  #left = 0;

  /** How many there are, those left out with them. */
  get count(): number {
    return this.list.length + this.#left;
  }

  fail(pointer: string, code: string, message: string, clause: string): void {
    this.#add({ pointer, code, severity: 'fail', message, clause });
  }

  warn(pointer: string, code: string, message: string, clause: string): void {
    this.#add({ pointer, code, severity: 'warn', message, clause });
  }

  get failed(): boolean {
    return this.list.some((finding) => finding.severity === 'fail');
  }

  #add(finding: Finding): void {
    // A failure always finds room: warnings alone must never hide that the document fails.
    if (this.list.length < MOST_FINDINGS || (finding.severity === 'fail' && !this.failed)) this.list.push(finding);
    else this.#left += 1;
  }

  /** The findings in the order found, with a last line telling how many more there were. */
  finish(): Finding[] {
    if (this.#left === 0) return this.list;
    return [
      ...this.list,
      {
        pointer: '',
        code: 'more_findings',
        severity: 'warn',
        message: `${this.#left} more findings are not listed; mend these first and check again.`,
        clause: 'Cairn: bounded reports',
      },
    ];
  }
}
