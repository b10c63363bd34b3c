import type * as z from 'zod/mini';
import type { Bilingual } from '../../../domain/bilingual.ts';
import { type Month, monthOf } from '../../../domain/calendar.ts';
import { type ControlNotes, severityOf } from '../../../domain/controls/control.ts';
import { CONTROLS } from '../../../domain/controls/index.ts';
import { RUN_CONTROLS } from '../../../domain/controls/run-controls.ts';
import type { PolicyBook } from '../../../domain/policy/book.ts';
import { controlPolicy } from '../../../domain/policy/control-parameters.ts';
import { lookup, type PolicyScope } from '../../../domain/policy/lookup.ts';
import { programmeById } from '../../../domain/programmes/index.ts';
import { ok } from '../../../domain/result.ts';
import type { controlContracts } from '../contracts/controls.ts';
import type { staffContracts } from '../contracts/staff.ts';
import type { Operations } from '../operation.ts';
import type { StaffServices } from './services.ts';

type StaffOperations = Operations<'staff', typeof staffContracts, StaffServices>;
type ControlBody = z.input<(typeof controlContracts)['listControls']['response']>['controls'][number];
type Standing = Pick<ControlBody, 'active' | 'why' | 'severity'>;

export const controls: Pick<StaffOperations, 'listControls'> = {
  async listControls({ actor, query }, { streets, clock }) {
    const all = [
      ...CONTROLS.map((control) => ({ control, scope: 'payment' as const })),
      ...RUN_CONTROLS.map((control) => ({ control, scope: 'run' as const })),
    ];
    if (query.programme === undefined)
      return ok({ body: { controls: all.map(({ control, scope }) => controlView(control, scope)) } });
    const programme = programmeById(query.programme);
    if (!programme.ok) return programme;
    const book = await streets.policies.current();
    if (!book.ok) return book;
    const today = clock.today();
    const scope = { jurisdiction: actor.jurisdiction, programme: query.programme, knownOn: today };
    const standing = standingIn(book.value, scope, query.month ?? monthOf(today));
    return ok({
      body: {
        controls: all.map((one) => ({ ...controlView(one.control, one.scope), ...standing(one.control) })),
      },
    });
  },
};

function controlView(control: ControlNotes, scope: ControlBody['scope']): ControlBody {
  const { code, names, basis, findings, needs, explanation, severity, owner, parameter } = control;
  return {
    code,
    names,
    scope,
    basis,
    findings: [...findings],
    needs,
    explanation,
    severity,
    owner,
    ...(parameter !== undefined && { parameter }),
  };
}

const ALWAYS: Bilingual = { zh: '始终启用', en: 'always looks' };

/** Whether a control looks in a month, and by which parameter of the place. */
function standingIn(book: PolicyBook, scope: PolicyScope, month: Month): (control: ControlNotes) => Standing {
  const policy = controlPolicy(book, scope, month);
  return (control) => {
    const { code, parameter } = control;
    const severity = severityOf(control, policy);
    if (parameter === undefined) return { active: true, why: ALWAYS, severity };
    const isSet = lookup(book, { ...scope, parameter, month }).ok;
    const active = parameter === 'controlsOn' ? policy?.controlsOn?.includes(code) === true : isSet;
    return { active, severity, why: whyOf(parameter, active) };
  };
}

const whyOf = (parameter: string, active: boolean): Bilingual =>
  active
    ? { zh: `本地政策参数 ${parameter} 已启用`, en: `switched on by the policy parameter ${parameter}` }
    : {
        zh: `本地政策未设置参数 ${parameter}，不核查`,
        en: `the place has not set ${parameter}: it does not look`,
      };
