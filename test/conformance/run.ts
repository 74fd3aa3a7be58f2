/** All tables, and what they found of all operations. */
import { readDocument } from './document.ts';
import { drive, type Finding, type Outcome } from './drive.ts';
import type { Scenario } from './scenario.ts';
import { collaborations } from './scenarios/collaborations.ts';
import { comments } from './scenarios/comments.ts';
import { enterprise } from './scenarios/enterprise.ts';
import { events } from './scenarios/events.ts';
import { files } from './scenarios/files.ts';
import { folders } from './scenarios/folders.ts';
import { groups } from './scenarios/groups.ts';
import { metadata } from './scenarios/metadata.ts';
import { oauth } from './scenarios/oauth.ts';
import { sharedLinks } from './scenarios/shared-links.ts';
import { tasks } from './scenarios/tasks.ts';
import { taxonomies } from './scenarios/taxonomies.ts';
import { templates } from './scenarios/templates.ts';
import { uploads } from './scenarios/uploads.ts';
import { users } from './scenarios/users.ts';
import { webLinks } from './scenarios/web-links.ts';
import { validatorFor } from './schemas.ts';

/** By noun; each has an emulator of its own. */
const TABLES: Readonly<Record<string, readonly Scenario[]>> = {
  oauth,
  users,
  groups,
  folders,
  files,
  uploads,
  'web links': webLinks,
  'shared links': sharedLinks,
  collaborations,
  comments,
  tasks,
  templates,
  metadata,
  taxonomies,
  events,
  enterprise,
};

export interface Conformance {
  /** By noun. */
  readonly findings: ReadonlyMap<string, readonly Finding[]>;
  /** All operations of the document, by what is known of them. */
  readonly byOutcome: ReadonlyMap<Outcome | 'no scenario', readonly string[]>;
  readonly total: number;
}

/** Drives every table. @param path Box's document */
export async function runConformance(path: string): Promise<Conformance> {
  const document = readDocument(path);
  const validate = validatorFor(document.schemas);
  const findings = new Map<string, Finding[]>();
  for (const [noun, table] of Object.entries(TABLES)) {
    findings.set(noun, await drive(table, document, validate));
  }
  const all = Map.groupBy([...findings.values()].flat(), ({ operation }) => operation);
  const keys = [...document.operations.keys()].sort();
  return {
    findings,
    byOutcome: Map.groupBy(keys, (key) => worst(all.get(key))),
    total: keys.length,
  };
}

const FROM_WORST: readonly Outcome[] = ['wrong', 'not_emulated', 'out of reach', 'checked'];

/** An operation that was driven more than once is as good as the worst of it. */
function worst(findings: readonly Finding[] | undefined): Outcome | 'no scenario' {
  if (!findings) return 'no scenario';
  const outcomes = new Set(findings.map(({ outcome }) => outcome));
  return FROM_WORST.find((outcome) => outcomes.has(outcome)) ?? 'refused';
}
