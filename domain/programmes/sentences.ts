import type { Bilingual } from '../bilingual.ts';
import { CARE_STEPS, CARE_WORDS } from '../care/labels.ts';
import { CHILD_STEPS, CHILD_WORDS } from '../children/labels.ts';
import { DISABILITY_STEPS, DISABILITY_WORDS } from '../disability/sentences.ts';
import type { ProgrammeId } from '../ids.ts';
import { invariant } from '../result.ts';
import { DIBAO_STEPS, DIBAO_WORDS } from './dibao/labels.ts';
import { DISASTER_RELIEF_STEPS, RELIEF_NAMES } from './disaster-relief/labels.ts';
import { EDUCATION_AID_STEPS, EDUCATION_AID_WORDS } from './education-aid/labels.ts';
import { ELDERLY_CONSTRUCTION_STEPS, ELDERLY_CONSTRUCTION_WORDS } from './elderly-construction/labels.ts';
import { ELDERLY_INSTITUTION_STEPS, ELDERLY_INSTITUTION_WORDS } from './elderly-institution/labels.ts';
import { ELDERLY_ORDERS_STEPS, ELDERLY_ORDERS_WORDS } from './elderly-orders/labels.ts';
import { ELDERLY_SERVICE_STEPS, ELDERLY_SERVICE_WORDS } from './elderly-service/labels.ts';
import { ELECTRICITY_AID_STEPS, ELECTRICITY_AID_WORDS } from './electricity-aid/labels.ts';
import {
  EMPLOYER_SOCIAL_INSURANCE_STEPS,
  EMPLOYER_SOCIAL_INSURANCE_WORDS,
} from './employer-social-insurance/labels.ts';
import { FUNERAL_STEPS, FUNERAL_WORDS } from './funeral/labels.ts';
import { GREEN_BURIAL_STEPS, GREEN_BURIAL_WORDS } from './green-burial/labels.ts';
import {
  GREEN_BURIAL_AGREEMENT_STEPS,
  GREEN_BURIAL_AGREEMENT_WORDS,
} from './green-burial-agreement/labels.ts';
import { HIGH_AGE_STEPS, HIGH_AGE_WORDS } from './high-age/labels.ts';
import { HOUSING_AID_STEPS, HOUSING_AID_WORDS } from './housing-aid/labels.ts';
import { IMPREST_STEPS, IMPREST_WORDS } from './imprest/labels.ts';
import { PRICE_SUBSIDY_STEPS, PRICE_SUBSIDY_WORDS } from './price-subsidy/labels.ts';
import type { Step } from './programme.ts';
import { STACKING_STEPS, STACKING_WORDS } from './stacking-labels.ts';
import { TEMPORARY_AID_STEPS, TEMPORARY_AID_WORDS } from './temporary-aid/labels.ts';
import { VENTURE_STEPS, VENTURE_WORDS } from './venture-fund/labels.ts';
import { VETERANS_CARE_STEPS, VETERANS_CARE_WORDS } from './veterans-care/labels.ts';

/** How a programme says its steps: apart from the registry, because whoever computes has no use for sentences. */
type Sentences = {
  /** Sentence per step code with {placeholders} for the step's inputs and {result}. */
  readonly steps: Readonly<Record<string, Bilingual>>;
  /** Words for values that appear in steps, e.g. dibao → 低保. */
  readonly words: Readonly<Record<string, Bilingual>>;
};

const CHILDREN: Sentences = { steps: CHILD_STEPS, words: CHILD_WORDS };
const DISABILITY: Sentences = { steps: DISABILITY_STEPS, words: DISABILITY_WORDS };

/** One line per programme of the registry. */
const SENTENCES: Readonly<Record<ProgrammeId, Sentences | undefined>> = {
  dibao: { steps: DIBAO_STEPS, words: DIBAO_WORDS },
  tekun: { steps: CARE_STEPS, words: CARE_WORDS },
  'tekun-care': { steps: CARE_STEPS, words: CARE_WORDS },
  'tekun-pocket-money': { steps: CARE_STEPS, words: CARE_WORDS },
  orphan: CHILDREN,
  'unattended-child': CHILDREN,
  'child-in-need': CHILDREN,
  'disability-living': DISABILITY,
  'disability-nursing': DISABILITY,
  'veterans-care': { steps: VETERANS_CARE_STEPS, words: VETERANS_CARE_WORDS },
  'high-age': { steps: HIGH_AGE_STEPS, words: HIGH_AGE_WORDS },
  funeral: { steps: FUNERAL_STEPS, words: FUNERAL_WORDS },
  'green-burial': { steps: GREEN_BURIAL_STEPS, words: GREEN_BURIAL_WORDS },
  'green-burial-agreement': { steps: GREEN_BURIAL_AGREEMENT_STEPS, words: GREEN_BURIAL_AGREEMENT_WORDS },
  'disaster-relief': { steps: DISASTER_RELIEF_STEPS, words: RELIEF_NAMES },
  'employer-social-insurance': {
    steps: EMPLOYER_SOCIAL_INSURANCE_STEPS,
    words: EMPLOYER_SOCIAL_INSURANCE_WORDS,
  },
  'electricity-aid': { steps: ELECTRICITY_AID_STEPS, words: ELECTRICITY_AID_WORDS },
  'housing-aid': { steps: HOUSING_AID_STEPS, words: HOUSING_AID_WORDS },
  'education-aid': { steps: EDUCATION_AID_STEPS, words: EDUCATION_AID_WORDS },
  imprest: { steps: IMPREST_STEPS, words: IMPREST_WORDS },
  'temporary-aid': { steps: TEMPORARY_AID_STEPS, words: TEMPORARY_AID_WORDS },
  'venture-fund': { steps: VENTURE_STEPS, words: VENTURE_WORDS },
  'elderly-service': { steps: ELDERLY_SERVICE_STEPS, words: ELDERLY_SERVICE_WORDS },
  'elderly-orders': { steps: ELDERLY_ORDERS_STEPS, words: ELDERLY_ORDERS_WORDS },
  'elderly-institution': { steps: ELDERLY_INSTITUTION_STEPS, words: ELDERLY_INSTITUTION_WORDS },
  'elderly-construction': { steps: ELDERLY_CONSTRUCTION_STEPS, words: ELDERLY_CONSTRUCTION_WORDS },
  'price-subsidy': { steps: PRICE_SUBSIDY_STEPS, words: PRICE_SUBSIDY_WORDS },
};

/** Steps that every programme may have: stacking is no programme's own. */
const STACKING_SENTENCES: Sentences['steps'] = STACKING_STEPS;

const PLACEHOLDER = /\{(\w+)\}/g;

/**
 * One step as a sentence in both languages, for letters, screens and exports.
 * @throws InvariantError when the programme has no sentence for the step, or the sentence names what the step does not hold.
 */
export function renderStep(programme: { readonly id: ProgrammeId }, step: Step): Bilingual {
  const sentences = SENTENCES[programme.id];
  const sentence = sentences?.steps[step.code] ?? STACKING_SENTENCES[step.code];
  invariant(sentences && sentence, `programme ${programme.id} has no sentence for step ${step.code}`);
  const wordOf = (value: string) => sentences.words[value] ?? STACKING_WORDS[value];
  const fill = (language: 'zh' | 'en') =>
    sentence[language].replace(PLACEHOLDER, (_, name: string) => {
      const value = name === 'result' ? step.result : step.inputs[name];
      invariant(value !== undefined, `step ${step.code} of ${programme.id} has no "${name}"`);
      return wordOf(value)?.[language] ?? listIn(value, language, wordOf) ?? value;
    });
  return { zh: fill('zh'), en: fill('en') };
}

/** `dibao/marginal+unemployed` in words: of those between `/` one, and all between `+`. Undefined where one of them is no word. */
function listIn(
  value: string,
  language: 'zh' | 'en',
  wordOf: (word: string) => Bilingual | undefined,
): string | undefined {
  const [or, and] = language === 'zh' ? ['或', '，'] : [' or ', ', '];
  const parts = value.split('+').map((part) => part.split('/').map((one) => wordOf(one)?.[language]));
  if (parts.flat().some((word) => word === undefined)) return undefined;
  return parts.map((words) => words.join(or)).join(and);
}
