import type { Instant } from '../calendar.ts';
import type { Fact } from '../register/facts.ts';
import { ok, type Result, refusal, refuse } from '../result.ts';

/** 成立, 不成立: what an objection from the publicity came to. */
export const OBJECTION_RESULTS = ['upheld', 'dismissed'] as const;
export type ObjectionResult = (typeof OBJECTION_RESULTS)[number];

/**
 * 公示异议: somebody objected while an enrolment was public. Kept as facts of the enrolment, one per step; the words say what was
 * looked into and never who objected.
 */
export type Objection = {
  readonly number: number;
  readonly state: 'open' | 'proposed' | 'resolved';
  readonly result?: ObjectionResult;
  readonly words: string;
  readonly by: string;
  readonly at: Instant;
};

/** A step of an objection: `<number>/open/<words>`, `<number>/<proposed|resolved>:<result>/<words>`. */
const STEP = /^([1-9]\d{0,2})\/(open|(?:proposed|resolved):(?:upheld|dismissed))\/([^/]{1,200})$/su;

export const isObjectionStep = (value: string): boolean => STEP.test(value);

/** The objections of an enrolment, each as its last step left it, by number. */
export function objectionsOf(facts: readonly Fact[]): Objection[] {
  const found = new Map<number, Objection>();
  for (const { kind, value, by, recordedAt } of facts) {
    const [, number = '', step = '', words = ''] = (kind === 'publicity-objection' && STEP.exec(value)) || [];
    if (number === '') continue;
    const [state, result] = step.split(':') as [Objection['state'], ObjectionResult?];
    found.set(Number(number), {
      number: Number(number),
      state,
      ...(result !== undefined && { result }),
      words,
      by,
      at: recordedAt,
    });
  }
  return [...found.values()].sort((a, b) => a.number - b.number);
}

/** The one that matters for payment: any not resolved; else the last one upheld; else the last. Undefined when nobody objected. */
export function objectionOf(facts: readonly Fact[]): Objection | undefined {
  const all = objectionsOf(facts);
  return (
    all.find(({ state }) => state !== 'resolved') ??
    all.findLast(({ result }) => result === 'upheld') ??
    all.at(-1)
  );
}

/** Whether anybody objected after an instant. */
export const objectedSince = (facts: readonly Fact[], since: Instant): boolean =>
  facts.some(
    ({ kind, value, recordedAt }) =>
      kind === 'publicity-objection' && recordedAt > since && STEP.exec(value)?.[2] === 'open',
  );

/** What somebody does about an objection; `resolve` proposes a result, `confirm` is another person's. */
export type ObjectionStep =
  | { readonly step: 'open'; readonly words: string }
  | {
      readonly step: 'resolve' | 'confirm';
      readonly number: number;
      readonly result: ObjectionResult;
      readonly words: string;
    };

/**
 * The value of the fact that records a step; undefined when the same person said the same already. Refusals:
 * `missing/objection`, `conflict/objection` (resolved, not proposed, or another result proposed), `forbidden/same-person`.
 */
export function objectionStep(
  facts: readonly Fact[],
  asked: ObjectionStep,
  by: string,
): Result<string | undefined> {
  const all = objectionsOf(facts);
  if (asked.step === 'open') {
    const same = all.some((one) => one.state === 'open' && one.words === asked.words && one.by === by);
    return ok(same ? undefined : `${all.length + 1}/open/${asked.words}`);
  }
  const { number, result, words } = asked;
  const current = all.find((one) => one.number === number);
  if (!current) {
    return refuse(
      refusal('missing/objection', `没有第 ${number} 号公示异议`, `there is no objection ${number}`, {
        number,
      }),
    );
  }
  const wanted = asked.step === 'resolve' ? 'proposed' : 'resolved';
  const said = current.state === wanted && current.result === result && current.by === by;
  if (said && current.words === words) return ok(undefined);
  if (current.state === 'resolved')
    return refuse(wrongState(number, '该异议已处理完毕', 'the objection is resolved'));
  if (asked.step === 'resolve') return ok(`${number}/proposed:${result}/${words}`);
  if (current.state !== 'proposed' || current.result !== result) {
    return refuse(
      wrongState(number, '须确认已提出的同一处理结果', 'what is confirmed is the result that was proposed'),
    );
  }
  if (current.by === by) {
    return refuse(
      refusal(
        'forbidden/same-person',
        '提出处理结果的人不能自己确认，请由第二人确认',
        'whoever proposed the result cannot confirm it: a second person does',
        { number },
      ),
    );
  }
  return ok(`${number}/resolved:${result}/${words}`);
}

const wrongState = (number: number, zh: string, en: string) =>
  refusal('conflict/objection', `${zh}：请刷新查看`, `${en}: look at it again`, { number });
