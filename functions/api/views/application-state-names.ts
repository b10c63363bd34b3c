import type { ApplicationState } from '../../../domain/grants/application.ts';
import { applicationStateName } from '../../../domain/grants/application-commands.ts';
import type { Bilingual } from '../../../domain/programmes/programme.ts';

const ENGLISH: Readonly<Record<ApplicationState, string>> = {
  open: 'waits for a decision',
  deciding: 'granted, being carried out',
  granted: 'granted',
  stopping: 'stopped, being carried out',
  stopped: 'stopped',
  rejected: 'turned down',
  withdrawn: 'taken back',
};

/** How the state of an application is called. */
export const applicationStateNames = (state: ApplicationState): Bilingual => ({
  zh: applicationStateName(state),
  en: ENGLISH[state],
});
