import { type Refusal, refusal } from '../../domain/result.ts';

export const noEnrolment = (enrolment: string): Refusal =>
  refusal('missing/enrolment', '本区划没有这个享受对象', 'there is no such enrolment in your jurisdiction', {
    enrolment,
  });
